import { signal } from '@preact/signals'

/** The code of the link `#code=…` that the person opened. */
export const takenCode = signal<string | undefined>(undefined)

/**
 * Takes a code out of the address before anything else happens, so that it stays in no history and reaches no other
 * page. A fragment goes to no server and into no log.
 */
export const takeCode = (): void => {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code')
  if (code === null) return
  const { pathname, search } = window.location
  history.replaceState(null, '', pathname + search)
  takenCode.value = code
}
