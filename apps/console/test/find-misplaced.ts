import type { Page } from 'playwright-core'

/** What is too wide or too small at the present width (WCAG 1.4.10 and 2.5.8). */
export const findMisplaced = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const excess = document.documentElement.scrollWidth - innerWidth
    const fields = 'input:not([type=checkbox]):not([type=file]), select, textarea'
    const targets = [...document.querySelectorAll(`button, .button, nav a, ${fields}`)]
    const small = targets.filter((target) => {
      const { width, height } = target.getBoundingClientRect()
      return width > 0 && Math.min(width, height) < 24
    })
    return [
      ...(excess > 0 ? [`the page is ${excess} pixels wider than the window`] : []),
      ...small.map((target) => `less than 24 pixels: ${target.outerHTML}`),
    ]
  })
