// `pnpm --filter @dsapi/console pictures FOLDER` draws every page, wide and narrow, in light and dark. Without a folder it
// draws those of the guide.

import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from './open-browser.ts'
import { openPage, type View } from './open-page.ts'
import { pagePaths } from './page-paths.ts'
import { startServer } from './start-server.ts'

const [asked] = process.argv.slice(2)
const folder =
  asked === undefined
    ? join(import.meta.dirname, '../../../docs/pictures')
    : resolve(process.env.INIT_CWD ?? '.', asked)
/** Of these, the guide shows the whole page. */
const whole = ['evaluation']
const ofGuide = ['overview', 'playground', 'jobs', 'evaluation', 'compare']

const views: readonly (View & { readonly width: number })[] =
  asked === undefined
    ? [{ width: 1024, scheme: 'light' }]
    : [
        { width: 1280, scheme: 'light' },
        { width: 1280, scheme: 'dark' },
        { width: 360, scheme: 'light' },
      ]

const draw = async (page: Page, path: string, file: string, fullPage: boolean) => {
  await page.goto(`/console${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('[aria-busy=true], .problem').first().waitFor({ state: 'detached' })
  await page.screenshot({ path: join(folder, `${file}.png`), fullPage })
}

await mkdir(folder, { recursive: true })
const [server, browser] = await Promise.all([startServer(), openBrowser()])
try {
  for (const error of ['The model gave no answer', 'Out of memory'])
    await server.addFailedJob(error)
  for (const view of views) {
    const ending = asked === undefined ? '' : `-${view.width}-${view.scheme}`
    const anybody = await openPage(browser, server, view)
    if (asked !== undefined) await draw(anybody.page, '', `console-sign-in${ending}`, true)
    const { page } = await openPage(browser, server, { ...view, key: server.admin.key })
    for (const [name, pathOn] of pagePaths) {
      if (asked === undefined && !ofGuide.includes(name)) continue
      const fullPage = asked !== undefined || whole.includes(name)
      await draw(page, pathOn(server), `console-${name}${ending}`, fullPage)
    }
  }
  process.stdout.write(`The pictures are in ${folder}\n`)
} finally {
  await browser.close()
  await server.stop()
}
