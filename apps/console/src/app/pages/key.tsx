import type { Key as KeyData, MadeKey } from '@dsapi/client'
import { useSignal } from '@preact/signals'
import type { AuditList } from '../api/types.ts'
import { formatCount } from '../format.ts'
import { href } from '../router/location.ts'
import type { PageProps } from '../router/page-entry.ts'
import { refresh } from '../state/live.ts'
import { useAsked } from '../state/use-asked.ts'
import { State } from '../ui/badge.tsx'
import { Copy } from '../ui/copy.tsx'
import { Facts } from '../ui/facts.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { ExactTime, Time } from '../ui/time.tsx'
import { AuditTable } from './audit/table.tsx'
import { KeyChanges } from './keys/key-changes.tsx'
import { NewKeyDialog } from './keys/new-key-dialog.tsx'
import { Scopes } from './keys.tsx'

/** One key: what it may do, what was done to it, and its changes. */
export const Key = ({ parameters: { id = '' } }: PageProps) => {
  const asked = useAsked<KeyData>(`/api/keys/${encodeURIComponent(id)}`, { every: 5000 })
  const audit = useAsked<AuditList>(`/api/audit?target=${encodeURIComponent(id)}`, {
    every: 5000,
  })
  const made = useSignal<MadeKey | undefined>(undefined)
  const key = asked.data
  return (
    <Page
      title={key?.name ?? 'Key'}
      lead={
        <>
          <a href={href('/keys')}>Keys</a> <span aria-hidden="true">/</span>{' '}
          <code class="name">{id}</code>
          <Copy text={id} what="key id" />
        </>
      }
      actions={
        key && (
          <KeyChanges
            of={key}
            onRotated={(next) => {
              made.value = next
              refresh()
            }}
          />
        )
      }
    >
      <Loaded of={asked}>
        {(of) => (
          <div class="columns">
            <Panel title="Access">
              <Facts
                of={[
                  ['State', <State key="s" of={of.state} />],
                  ['Key', <code key="k">{of.key}</code>],
                  ['Scopes', <Scopes key="c" of={of.scopes} />],
                  ['Models', of.models === null ? 'all' : of.models.join(', ')],
                  ['Rate', of.rate ?? 'the default of the server'],
                  ['Daily quota', of.daily_quota === null ? 'none' : formatCount(of.daily_quota)],
                  [
                    'Waiting jobs',
                    of.max_jobs === null ? 'the default of the server' : formatCount(of.max_jobs),
                  ],
                  ['Note', of.note === '' ? '–' : <span key="n">{of.note}</span>],
                ]}
              />
            </Panel>
            <Panel title="Life">
              <Facts
                of={[
                  ['Created', <ExactTime key="c" at={of.created_at} />],
                  ['Created by', <code key="b">{of.created_by}</code>],
                  ['Last used', of.last_used_at ? <Time key="l" at={of.last_used_at} /> : 'never'],
                  ['Ends', of.expires_at ? <ExactTime key="e" at={of.expires_at} /> : 'never'],
                  [
                    'Followed by',
                    of.replaced_by === null ? (
                      '–'
                    ) : (
                      <a key="r" class="mono" href={href(`/keys/${of.replaced_by}`)}>
                        {of.replaced_by}
                      </a>
                    ),
                  ],
                ]}
              />
            </Panel>
          </div>
        )}
      </Loaded>
      <Panel title="Changes" class="flush">
        <Loaded of={audit}>{(list) => <AuditTable entries={list.audit} />}</Loaded>
      </Panel>
      {made.value !== undefined && (
        <NewKeyDialog
          made={made.value}
          onStored={() => {
            made.value = undefined
          }}
        />
      )}
    </Page>
  )
}
