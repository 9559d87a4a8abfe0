import { useSignal } from '@preact/signals'

export type Chosen = {
  readonly ids: ReadonlySet<string>
  /** Chooses a row or no longer; `range`: with all rows between it and the last one. */
  readonly toggle: (id: string, all: readonly string[], range: boolean) => void
  readonly setAll: (ids: readonly string[]) => void
  readonly clear: () => void
}

/** Which rows of a table are chosen. */
export const useChosen = (): Chosen => {
  const ids = useSignal<ReadonlySet<string>>(new Set())
  const last = useSignal<string | undefined>(undefined)
  return {
    ids: ids.value,
    toggle: (id, all, range) => {
      const next = new Set(ids.value)
      const from = last.value === undefined ? -1 : all.indexOf(last.value)
      const to = all.indexOf(id)
      if (range && from >= 0) {
        for (const between of all.slice(Math.min(from, to), Math.max(from, to) + 1))
          next.add(between)
      } else if (!next.delete(id)) next.add(id)
      last.value = id
      ids.value = next
    },
    setAll: (all) => {
      ids.value = new Set(all)
    },
    clear: () => {
      ids.value = new Set()
    },
  }
}
