import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { type Problem, problemOf } from '../../api/problem.ts'
import { send } from '../../api/request.ts'
import { splitCsv } from '../../csv.ts'
import { ProblemBox } from '../../ui/problem-box.tsx'
import { Table } from '../../ui/table.tsx'

const rowsShown = 20

/** Reads the first lines of an answer and breaks off the rest. */
const readHead = async (jobId: string, signal: AbortSignal): Promise<string> => {
  const response = await send(`/api/jobs/${encodeURIComponent(jobId)}/result`, { signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (reader !== undefined && text.split('\n').length <= rowsShown + 1) {
    const { done, value } = await reader.read()
    if (done) break
    text += value
  }
  await reader?.cancel()
  return text
}

/** The first rows of the result of a batch. */
export const ResultRows = ({ jobId }: { readonly jobId: string }) => {
  const text = useSignal<string | undefined>(undefined)
  const problem = useSignal<Problem | undefined>(undefined)
  useEffect(() => {
    const abort = new AbortController()
    readHead(jobId, abort.signal).then(
      (head) => {
        text.value = head
      },
      (error: unknown) => {
        if (!abort.signal.aborted) problem.value = problemOf(error)
      },
    )
    return () => abort.abort()
  }, [jobId, text, problem])
  if (problem.value) return <ProblemBox problem={problem.value} />
  if (text.value === undefined) return null
  const [header = [], ...rows] = splitCsv(text.value, rowsShown + 1)
  return (
    <Table
      label="The first rows of the result"
      head={header.map((name) => <th key={name}>{name}</th>)}
    >
      {rows.map((cells, index) => (
        <tr key={index}>
          {header.map((name, column) => (
            <td key={name} class="mono">
              {cells[column] ?? ''}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  )
}
