import type { AuditEntry } from '@dsapi/client'
import { withQuery } from '../api/request.ts'
import type { AuditList } from '../api/types.ts'
import { location, setQuery } from '../router/location.ts'
import { useAsked } from '../state/use-asked.ts'
import { useMore } from '../state/use-more.tsx'
import { SearchField } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { AuditTable } from './audit/table.tsx'

/** Every change of keys, with who made it. */
export const Audit = () => {
  const { query } = location.value
  const path = withQuery('/api/keys/audit', { key: query.get('key') ?? undefined, limit: 50 })
  const list = useAsked<AuditList>(path, { every: 5000 })
  const more = useMore<AuditEntry, AuditList>(path, list.data, ({ audit }) => audit)
  return (
    <Page title="Audit" lead="Who changed which key, and when.">
      <Panel class="flush">
        <search class="filters">
          <SearchField
            label="Key id"
            value={query.get('key') ?? ''}
            isFilter
            onChange={(key) => setQuery({ key })}
          />
        </search>
        <Loaded
          of={list}
          empty={({ audit }) => (audit.length > 0 ? undefined : <p>No change fits the filter.</p>)}
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
