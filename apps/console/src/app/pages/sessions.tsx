import { useSignal } from '@preact/signals'
import { ask } from '../api/request.ts'
import { refresh } from '../state/live.ts'
import { useAsked } from '../state/use-asked.ts'
import { Confirm } from '../ui/confirm.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Table } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'

type SessionList = {
  readonly sessions: readonly {
    readonly id: string
    readonly name: string
    readonly key_id: string | null
    readonly created_at: string
    readonly seen_at: string
    readonly expires_at: string
    readonly address: string
    readonly agent: string
    readonly current?: boolean
  }[]
}

/** Who is signed in to the console, and from where. */
export const Sessions = () => {
  const list = useAsked<SessionList>('/sessions', { every: 5000 })
  const ending = useSignal<readonly string[] | undefined>(undefined)
  return (
    <Page title="Sessions" lead="Who is signed in to the console, and from where.">
      <Panel class="flush">
        <Loaded of={list}>
          {({ sessions }) => (
            <Table
              label="Sessions"
              head={
                <>
                  <th>Key</th>
                  <th>Since</th>
                  <th>Last seen</th>
                  <th>Ends</th>
                  <th>Address</th>
                  <th>Browser</th>
                  <th>
                    <span class="unseen">End</span>
                  </th>
                </>
              }
            >
              {sessions.map((session) => (
                <tr key={session.id}>
                  <td class="name">{session.name}</td>
                  <td class="nowrap">
                    <Time at={session.created_at} />
                  </td>
                  <td class="nowrap">
                    <Time at={session.seen_at} />
                  </td>
                  <td class="nowrap">
                    <Time at={session.expires_at} />
                  </td>
                  <td class="mono">{session.address}</td>
                  <td class="error" title={session.agent}>
                    {session.agent}
                  </td>
                  <td>
                    <button
                      type="button"
                      onClick={() => {
                        ending.value = [session.id]
                      }}
                    >
                      End
                    </button>
                  </td>
                </tr>
              ))}
            </Table>
          )}
        </Loaded>
      </Panel>
      {ending.value !== undefined && (
        <Confirm
          title="End this session?"
          action="End session"
          danger
          onConfirm={async () => {
            for (const id of ending.value ?? [])
              await ask(`/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' })
            refresh()
          }}
          onClose={() => {
            ending.value = undefined
          }}
        >
          <p>Whoever uses it must sign in again.</p>
        </Confirm>
      )}
    </Page>
  )
}
