import { effect, signal } from '@preact/signals'

/** Whether the person stopped the polling in this tab. */
export const isPaused = signal(sessionStorage.getItem('dsapi-console-paused') === 'yes')
effect(() => sessionStorage.setItem('dsapi-console-paused', isPaused.value ? 'yes' : 'no'))

export const isVisible = signal(document.visibilityState === 'visible')
document.addEventListener('visibilitychange', () => {
  isVisible.value = document.visibilityState === 'visible'
})

/** When data last came. */
export const updatedAt = signal<number | undefined>(undefined)

/** Whether the last request found no server. */
export const isOffline = signal(false)

/** Counts the times that somebody asked for fresh data; what shows data asks again when it changes. */
export const refreshes = signal(0)
export const refresh = (): void => {
  refreshes.value++
}

/** The time, to the second, for texts such as "12 s ago". */
export const now = signal(Date.now())
setInterval(() => {
  if (isVisible.value) now.value = Date.now()
}, 1000)
