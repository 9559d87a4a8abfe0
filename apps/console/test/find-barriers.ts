import axe from 'axe-core'
import type { Page } from 'playwright-core'

type AxeResults = {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { html: string }[]
  }[]
}

const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** The only rules whose findings change with the scheme of colours. */
const ofColours = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds by the rules of WCAG 2.0 to 2.2, A and AA, and by its own. It comes by way of the debugger, so the policy
 * of the page stays as it is.
 */
export const findBarriers = async (
  page: Page,
  rules: 'all' | 'colours',
): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (runOnly): Promise<AxeResults> =>
      Reflect.get(window, 'axe').run(document, {
        ...{ runOnly, resultTypes: ['violations'], preload: false, iframes: false },
      }),
    rules === 'all' ? all : ofColours,
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
