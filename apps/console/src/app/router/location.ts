import { signal } from '@preact/signals'
import { consoleUrl } from '../base.ts'

/** Where the person is: a path below the console, such as `/jobs`, and the query. */
export type Location = { readonly path: string; readonly query: URLSearchParams }

const read = (): Location => {
  const base = new URL(consoleUrl).pathname
  const { pathname, search } = window.location
  const path = pathname.startsWith(base) ? pathname.slice(base.length) : ''
  return { path: path === '' ? '/' : path, query: new URLSearchParams(search) }
}

export const location = signal<Location>(read())
window.addEventListener('popstate', () => {
  location.value = read()
})

/** The address of a path of the console, for `href`. */
export const href = (path: string): string => consoleUrl + path

/** @param replace whether the way back leaves out where the person is now, as after a change of a filter */
export const navigate = (path: string, { replace = false } = {}): void => {
  if (replace) history.replaceState(null, '', href(path))
  else history.pushState(null, '', href(path))
  location.value = read()
}

/** Changes parameters of the query and keeps the others; an empty value removes one, except with `keepEmpty`. */
export const setQuery = (
  changes: Readonly<Record<string, string | undefined>>,
  { keepEmpty = false } = {},
): void => {
  const query = new URLSearchParams(location.value.query)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || (value === '' && !keepEmpty)) query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  navigate(location.value.path + (text === '' ? '' : `?${text}`), { replace: true })
}

/** Opens links to pages of the console without loading it anew; other links, and clicks for a new tab, are left alone. */
export const listenForLinks = (): void => document.addEventListener('click', followLink)

const followLink = (event: MouseEvent): void => {
  if (event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link === null || link.target !== '' || link.hasAttribute('download')) return
  if (!link.href.startsWith(`${consoleUrl}/`) || link.hash !== '') return
  event.preventDefault()
  navigate(link.href.slice(consoleUrl.length))
}
