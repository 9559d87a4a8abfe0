import { scopesNow, signedIn } from '../api/session.ts'
import { navigate } from '../router/location.ts'
import { isAllowed } from '../router/page-entry.ts'
import { pages } from '../router/pages.ts'
import { isPaused, refresh } from '../state/live.ts'
import { hotkeys, nextTheme } from '../state/settings.ts'
import { isListShown } from './hotkey-list.tsx'

/** The element of a row that takes the focus, for `j` and `k`. */
const rowLinks = () => [...document.querySelectorAll<HTMLElement>('main [data-row] [data-open]')]

const currentRow = () => document.activeElement?.closest('[data-row]') ?? undefined

const moveRow = (step: number) => {
  const links = rowLinks()
  const at = links.findIndex((link) => currentRow()?.contains(link) === true)
  const next = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

/** Chooses the current row; with Shift, as a click with Shift does, all rows since the last one. */
const chooseRow = (shiftKey: boolean) => {
  const box = currentRow()?.querySelector('input[type=checkbox]')
  box?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, shiftKey }))
}

const actions: Readonly<Record<string, () => void>> = {
  '/': () => document.querySelector<HTMLElement>('[data-filter]')?.focus(),
  j: () => moveRow(1),
  k: () => moveRow(-1),
  x: () => chooseRow(false),
  X: () => chooseRow(true),
  r: refresh,
  p: () => {
    isPaused.value = !isPaused.value
  },
  t: nextTheme,
  '?': () => {
    isListShown.value = true
  },
}

const goTo = (key: string) => {
  const page = pages.find(({ nav }) => nav?.key === key)
  if (page !== undefined && isAllowed(page, scopesNow())) navigate(page.pattern)
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')

/** Listens for hotkeys, which act outside of fields and dialogs. */
export const listenForHotkeys = (): void => {
  let isAfterG = false
  document.addEventListener('keydown', (event) => {
    const isGoing = isAfterG
    isAfterG = false
    if (hotkeys.value === 'off' || signedIn.value.state !== 'signed-in') return
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (document.querySelector('dialog[open]') !== null) return
    if (isGoing) return goTo(event.key)
    if (event.key === 'g') {
      isAfterG = true
      return
    }
    const act = actions[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  })
}
