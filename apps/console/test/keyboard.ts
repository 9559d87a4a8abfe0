import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What has the focus, by the name that a screen reader says. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement
    const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : undefined
    return (at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? '').trim()
  })

/** Presses Tab, or Shift+Tab, until an element of this name has the focus. It fails if the keys never come to it. */
export const tabTo = async (page: Page, name: string, key = 'Tab'): Promise<void> => {
  const passed: string[] = []
  while (passed.length < 80) {
    await page.keyboard.press(key)
    const now = await focused(page)
    if (now === name) return
    passed.push(now)
  }
  expect.fail(`${key} does not come to ${name}, but to ${passed.join(', ')}`)
}
