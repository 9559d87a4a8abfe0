import type { Key, MadeKey } from '@dsapi/client'
import { useSignal } from '@preact/signals'
import type { KeyList } from '../api/types.ts'
import { formatCount } from '../format.ts'
import { href, location, setQuery } from '../router/location.ts'
import { refresh } from '../state/live.ts'
import { useAsked } from '../state/use-asked.ts'
import { State } from '../ui/badge.tsx'
import { Choice } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Table } from '../ui/table.tsx'
import { Time } from '../ui/time.tsx'
import { CreateKey } from './keys/create-key.tsx'
import { NewKeyDialog } from './keys/new-key-dialog.tsx'

const states = [
  ['', 'All states'],
  ['active', 'active'],
  ['disabled', 'disabled'],
  ['expired', 'expired'],
  ['revoked', 'revoked'],
] as const

const rowsAtOnce = 100

/** All keys, with what each may do and when it was last used. */
export const Keys = () => {
  const list = useAsked<KeyList>('/api/keys', { every: 5000 })
  const isCreating = useSignal(false)
  const made = useSignal<MadeKey | undefined>(undefined)
  const nShown = useSignal(rowsAtOnce)
  const { query } = location.value
  return (
    <Page
      title="Keys"
      lead="Who may ask this server, and how much."
      actions={
        <button
          type="button"
          class="main"
          onClick={() => {
            isCreating.value = true
          }}
        >
          Create key
        </button>
      }
    >
      <Panel class="flush">
        <search class="filters">
          <label class="field">
            <span>Name, note or id</span>
            <input
              type="search"
              data-filter
              autocomplete="off"
              value={query.get('q') ?? ''}
              onInput={(event) => setQuery({ q: event.currentTarget.value })}
            />
          </label>
          <Choice
            label="State"
            value={states.find(([state]) => state === query.get('state'))?.[0] ?? ''}
            choices={states}
            onChange={(state) => setQuery({ state })}
          />
        </search>
        <Loaded
          of={list}
          empty={({ keys }) =>
            keys.some(fits(query)) ? undefined : <p>No key fits the filter.</p>
          }
        >
          {({ keys }) => {
            const fitting = keys.filter(fits(query)).sort(byLastUse)
            return (
              <>
                <KeyTable keys={fitting.slice(0, nShown.value)} />
                {fitting.length > nShown.value && (
                  <div class="more">
                    <span class="soft">
                      {nShown.value} of {formatCount(fitting.length)} shown.
                    </span>
                    <button
                      type="button"
                      onClick={() => {
                        nShown.value += rowsAtOnce
                      }}
                    >
                      Show more
                    </button>
                  </div>
                )}
              </>
            )
          }}
        </Loaded>
      </Panel>
      {isCreating.value && (
        <CreateKey
          onClose={() => {
            isCreating.value = false
          }}
          onMade={(key) => {
            isCreating.value = false
            made.value = key
            refresh()
          }}
        />
      )}
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

const fits = (query: URLSearchParams) => {
  const text = (query.get('q') ?? '').toLowerCase()
  const state = query.get('state')
  return (key: Key) =>
    (state === null || key.state === state) &&
    [key.name, key.note, key.id].some((part) => part.toLowerCase().includes(text))
}

const byLastUse = (a: Key, b: Key) => (b.last_used_at ?? '').localeCompare(a.last_used_at ?? '')

const KeyTable = ({ keys }: { readonly keys: readonly Key[] }) => (
  <Table
    label="Keys"
    head={
      <>
        <th>Name</th>
        <th>Key</th>
        <th>State</th>
        <th>Scopes</th>
        <th class="number">Rate</th>
        <th class="number">Daily quota</th>
        <th>Last used</th>
        <th>Ends</th>
      </>
    }
  >
    {keys.map((key) => (
      <tr key={key.id} data-row>
        <td class="key-name">
          <a data-open href={href(`/keys/${key.id}`)} title={key.name}>
            {key.name}
          </a>
          {key.note !== '' && <small title={key.note}>{key.note}</small>}
        </td>
        <td class="mono nowrap">{key.key}</td>
        <td>
          <State of={key.state} />
        </td>
        <td class="nowrap">
          <Scopes of={key.scopes} />
        </td>
        <td class="number nowrap">{key.rate ?? '–'}</td>
        <td class="number">{key.daily_quota === null ? '–' : formatCount(key.daily_quota)}</td>
        <td class="nowrap">
          {key.last_used_at === null ? (
            <span class="soft">never</span>
          ) : (
            <Time at={key.last_used_at} />
          )}
        </td>
        <td class="nowrap">
          <Time at={key.expires_at} />
        </td>
      </tr>
    ))}
  </Table>
)

export const Scopes = ({ of }: { readonly of: Key['scopes'] }) => (
  <>
    {of.map((scope) => (
      <span key={scope} class={`scope ${scope}`}>
        {scope}
      </span>
    ))}
  </>
)
