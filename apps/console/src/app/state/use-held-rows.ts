import { useSignal } from '@preact/signals'

type WithId = { readonly id: string }

type Held<T> = {
  readonly rows: readonly T[]
  /** How many rows came since the rows are held. */
  readonly nNew: number
  readonly release: () => void
}

/**
 * Keeps rows where they are while a person works with them: what they say is updated, none comes or goes until it is
 * released.
 */
export const useHeldRows = <T extends WithId>(rows: readonly T[], isHeld: boolean): Held<T> => {
  const held = useSignal<readonly T[] | undefined>(undefined)
  if (!isHeld) {
    if (held.peek() !== undefined) held.value = undefined
    return { rows, nNew: 0, release: () => {} }
  }
  const kept = held.value ?? rows
  if (held.peek() === undefined) held.value = rows
  const newest = new Map(rows.map((row) => [row.id, row]))
  const keptIds = new Set(kept.map(({ id }) => id))
  return {
    rows: kept.map((row) => newest.get(row.id) ?? row),
    nNew: rows.filter(({ id }) => !keptIds.has(id)).length,
    release: () => {
      held.value = rows
    },
  }
}
