import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { type Problem, problemOf } from '../api/problem.ts'
import { ask } from '../api/request.ts'
import { ProblemBox } from '../ui/problem-box.tsx'

type WithCursor = { readonly next_cursor?: string }

/**
 * The pages of a list after the first, which a button loads one by one.
 *
 * @param path of the first page; when it changes, the others are forgotten
 */
export const useMore = <T, P extends WithCursor>(
  path: string,
  first: P | undefined,
  rowsOf: (page: P) => readonly T[],
): { readonly rows: readonly T[]; readonly button: VNode | null } => {
  const rows = useSignal<readonly T[]>([])
  const cursor = useSignal<string | undefined | 'first'>('first')
  const problem = useSignal<Problem | undefined>(undefined)
  useEffect(() => {
    rows.value = []
    cursor.value = 'first'
  }, [path, rows, cursor])
  const next = cursor.value === 'first' ? first?.next_cursor : cursor.value

  const load = async () => {
    if (next === undefined) return
    try {
      const page = await ask<P>(`${path}${path.includes('?') ? '&' : '?'}cursor=${next}`)
      problem.value = undefined
      rows.value = [...rows.value, ...rowsOf(page)]
      cursor.value = page.next_cursor
    } catch (error) {
      problem.value = problemOf(error)
    }
  }
  return {
    rows: rows.value,
    button:
      next === undefined && problem.value === undefined ? null : (
        <div class="more">
          {problem.value && <ProblemBox problem={problem.value} />}
          <button type="button" onClick={load}>
            Show more
          </button>
        </div>
      ),
  }
}
