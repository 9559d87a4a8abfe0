import { effect, type Signal, signal } from '@preact/signals'

/** A choice of the person that the browser keeps. Only such choices are stored: never data, never a key. */
const stored = <T extends string>(name: string, choices: readonly [T, ...T[]]): Signal<T> => {
  const read = (): T => {
    try {
      const text = localStorage.getItem(`dsapi-console-${name}`)
      return choices.find((choice) => choice === text) ?? choices[0]
    } catch {
      return choices[0]
    }
  }
  const value = signal<T>(read())
  effect(() => {
    try {
      localStorage.setItem(`dsapi-console-${name}`, value.value)
    } catch {
      // The browser stores nothing: the choice lasts as long as the page.
    }
  })
  return value
}

export const themes = ['system', 'light', 'dark'] as const
export const theme: Signal<(typeof themes)[number]> = stored('theme', themes)

export const zone: Signal<'local' | 'utc'> = stored('zone', ['local', 'utc'])

/** Keys that act on their own can be switched off (WCAG 2.2, 2.1.4). */
export const hotkeys: Signal<'on' | 'off'> = stored('hotkeys', ['on', 'off'])

export const snippetLanguage = stored('snippets', ['curl', 'python', 'notebook', 'r', 'javascript'])

/** The next of the three themes. */
export const nextTheme = (): void => {
  theme.value = themes[(themes.indexOf(theme.value) + 1) % themes.length] ?? 'system'
}

effect(() => {
  const { dataset } = document.documentElement
  if (theme.value === 'system') delete dataset.theme
  else dataset.theme = theme.value
})
