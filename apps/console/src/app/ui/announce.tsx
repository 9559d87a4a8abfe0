import { signal } from '@preact/signals'

const announcement = signal('')

/** Says something to those who do not see the change. */
export const announce = (text: string): void => {
  announcement.value = ''
  setTimeout(() => {
    announcement.value = text
  })
}

/** Where `announce` speaks. It is on the page once. */
export const Announcer = () => (
  <div class="unseen" role="status" aria-live="polite">
    {announcement.value}
  </div>
)
