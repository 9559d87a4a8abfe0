import type { AuditEntry } from '../../api/types.ts'
import { href } from '../../router/location.ts'
import { Table } from '../../ui/table.tsx'
import { ExactTime } from '../../ui/time.tsx'

/** Changes, the newest first. */
export const AuditTable = ({ entries }: { readonly entries: readonly AuditEntry[] }) => (
  <Table
    label="Changes"
    head={
      <>
        <th>When</th>
        <th>Action</th>
        <th>By</th>
        <th>Key or model</th>
        <th>Detail</th>
      </>
    }
  >
    {entries.map((entry) => (
      <tr key={`${entry.kind} ${entry.id}`} data-row>
        <td class="nowrap">
          <ExactTime at={entry.at} />
        </td>
        <td class="nowrap">{entry.action}</td>
        <td class="mono" title={entry.actor}>
          {entry.actor.length > 24 ? `${entry.actor.slice(0, 12)}…` : entry.actor}
        </td>
        <td>
          <Target {...entry} />
        </td>
        <td class="detail">{describeDetail(entry.detail)}</td>
      </tr>
    ))}
  </Table>
)

const Target = ({ kind, target }: AuditEntry) => (
  <a
    class="mono"
    data-open
    href={href(`/${kind === 'model' ? 'models' : 'keys'}/${encodeURIComponent(target)}`)}
    title={target}
  >
    {kind === 'model' ? target : target.slice(0, 8)}
  </a>
)

const describeDetail = (detail: Readonly<Record<string, unknown>>) =>
  Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')
