import { withQuery } from '../api/request.ts'
import type { AuditEntry, AuditList } from '../api/types.ts'
import { location, setQuery } from '../router/location.ts'
import { useAsked } from '../state/use-asked.ts'
import { useMore } from '../state/use-more.tsx'
import { Choice, chosenOf, SearchField } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { AuditTable } from './audit/table.tsx'

const kinds = [
  ['', 'Everything'],
  ['key', 'Keys'],
  ['session', 'Sessions'],
  ['model', 'Models'],
] as const

const texts = [
  ['target', 'Key id or model'],
  ['actor', 'By'],
  ['action', 'Action'],
] as const

/** What was done to keys, sessions and models, with who did it. */
export const Audit = () => {
  const { query } = location.value
  const kind = chosenOf(kinds, query.get('kind')) ?? ''
  const filters = Object.fromEntries(texts.map(([name]) => [name, query.get(name) || undefined]))
  const path = withQuery('/api/audit', { kind: kind || undefined, ...filters, limit: 50 })
  const list = useAsked<AuditList>(path, { every: 5000 })
  const more = useMore<AuditEntry, AuditList>(path, list.data, ({ audit }) => audit)
  return (
    <Page title="Audit" lead="Who changed which key or model, who signed in, and when.">
      <Panel class="flush">
        <search class="filters">
          <Choice
            label="Show"
            value={kind}
            choices={kinds}
            onChange={(kind) => setQuery({ kind })}
          />
          {texts.map(([name, label], place) => (
            <SearchField
              key={name}
              label={label}
              value={query.get(name) ?? ''}
              isFilter={place === 0}
              onChange={(text) => setQuery({ [name]: text })}
            />
          ))}
        </search>
        <Loaded
          of={list}
          empty={({ audit }) => (audit.length > 0 ? undefined : <p>No entry fits the filter.</p>)}
        >
          {({ audit }) => (
            <>
              <AuditTable entries={[...audit, ...more.rows]} />
              {more.button}
            </>
          )}
        </Loaded>
      </Panel>
    </Page>
  )
}
