import type { Page } from 'playwright-core'

/** What a screen reader says of the content of a page, with a letter where numbers, times, ids and hashes are. */
export const readAloud = async (page: Page): Promise<string> => {
  const text = await page.locator('main').ariaSnapshot()
  return `${text
    .replaceAll(/\bdsapi_\S+…\w+/g, 'KEY')
    .replaceAll(/\b[0-9a-f]{8}(…[0-9a-f]{4}|(-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/g, 'ID')
    .replaceAll(/\b(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{8}\b/g, 'ID')
    .replaceAll(/\d+([-:.,]\d+)*/g, 'N')
    .replaceAll(/\bafter N \w+( N \w+)?/g, 'after a SPAN')
    .replaceAll(/\bN (s|min|h|d) ago\b|\bin N (s|min|h|d)\b|\bnow\b/g, 'TIME')}\n`
}
