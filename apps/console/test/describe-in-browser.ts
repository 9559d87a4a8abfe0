import { existsSync } from 'node:fs'
import { describeWhere } from '@dsapi/testing'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { executablePath, openBrowser } from './open-browser.ts'
import { openPage, type View, type WatchedPage } from './open-page.ts'
import { type Server, startServer } from './start-server.ts'

type InBrowser = {
  readonly server: () => Server
  /** Opens a page of the console, in a session of the key with all scopes unless `key` is given. */
  readonly open: (path: string, view?: View) => Promise<WatchedPage>
}

/**
 * `describe` for tests in a browser, with one browser and one server for all of them. Each test fails if something went
 * wrong in one of its pages; a test that expects it takes it out of `problems`.
 */
export const describeInBrowser = (name: string, tests: (within: InBrowser) => void): void =>
  describeWhere(existsSync(executablePath), 'chromium')(name, () => {
    let server: Server | undefined
    let browser: Browser | undefined
    const opened: WatchedPage[] = []
    beforeAll(async () => {
      ;[server, browser] = await Promise.all([startServer(), openBrowser()])
    })
    afterEach(async () => {
      const pages = opened.splice(0)
      await Promise.all(pages.map(({ page }) => page.context().close()))
      expect(pages.flatMap(({ problems }) => problems)).toEqual([])
    })
    afterAll(async () => {
      await browser?.close()
      await server?.stop()
    })
    const started = () => {
      if (server === undefined) throw new Error('The server has not started')
      return server
    }
    tests({
      server: started,
      open: async (path, view = {}) => {
        if (browser === undefined) throw new Error('The browser has not started')
        const watched = await openPage(browser, started(), { key: started().admin.key, ...view })
        opened.push(watched)
        await watched.page.goto(`/console${path}`)
        return watched
      },
    })
  })
