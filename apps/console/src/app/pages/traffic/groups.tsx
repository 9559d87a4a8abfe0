import type { Traffic } from '@dsapi/client'
import { formatCount, formatNumber, formatShare } from '../../format.ts'
import { href, setQuery } from '../../router/location.ts'
import { Table } from '../../ui/table.tsx'
import { errorShare } from './rates.ts'

type GroupsProps = {
  readonly traffic: Traffic
  /** The names of keys, by their ids. */
  readonly keyNames: ReadonlyMap<string, string>
}

/** Keys, routes or classes of status with their requests, the most first. */
export const Groups = ({ traffic: { by, groups }, keyNames }: GroupsProps) => (
  <Table
    label={`Traffic by ${by}`}
    head={
      <>
        <th>{by === 'key' ? 'Key' : by === 'route' ? 'Route' : 'Status'}</th>
        <th class="number">Requests</th>
        <th class="number">Errors</th>
        <th class="number">4xx</th>
        <th class="number">429</th>
        <th class="number">5xx</th>
        <th class="number">p50</th>
        <th class="number">p95</th>
        <th class="number">p99</th>
      </>
    }
  >
    {groups.map((group) => (
      <tr key={group.name} data-row>
        <td>
          <GroupName by={by} name={group.name} keyNames={keyNames} />
        </td>
        <td class="number">{formatCount(group.requests)}</td>
        <td class="number">{formatShare(errorShare(group))}</td>
        <td class="number">{formatCount(group.client_errors)}</td>
        <td class="number">{formatCount(group.rate_limited)}</td>
        <td class="number">{formatCount(group.server_errors)}</td>
        {[group.p50_ms, group.p95_ms, group.p99_ms].map((ms, index) => (
          <td key={index === 0 ? 'p50' : index === 1 ? 'p95' : 'p99'} class="number nowrap">
            {formatBound(ms)}
          </td>
        ))}
      </tr>
    ))}
  </Table>
)

/** A duration is the upper bound of the class that it was counted in. */
export const formatBound = (ms: number | null): string =>
  ms === null ? '–' : ms >= 30_000 ? '≥ 30 s' : `≤ ${formatNumber(ms)} ms`

type GroupNameProps = Pick<GroupsProps, 'keyNames'> & {
  readonly by: Traffic['by']
  readonly name: string
}

const GroupName = ({ by, name, keyNames }: GroupNameProps) => {
  if (by === 'key' && name === '') return <span class="soft">without a valid key</span>
  if (by === 'status' || name === '' || name === 'other') return <code>{name || '–'}</code>
  return (
    <span class="group-name">
      {by === 'key' ? (
        <a class="name" data-open href={href(`/keys/${encodeURIComponent(name)}`)} title={name}>
          {keyNames.get(name) ?? name}
        </a>
      ) : (
        <code>{name}</code>
      )}
      <button
        type="button"
        class="quiet"
        aria-label={`Only ${by === 'key' ? (keyNames.get(name) ?? name) : name}`}
        onClick={() => setQuery({ [by]: name })}
      >
        only
      </button>
    </span>
  )
}
