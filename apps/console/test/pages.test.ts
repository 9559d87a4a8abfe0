import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser } from './describe-in-browser.ts'
import { findBarriers } from './find-barriers.ts'
import { findMisplaced } from './find-misplaced.ts'
import { pagePaths } from './page-paths.ts'
import { readAloud } from './read-aloud.ts'

/** Goes to a page as its link does, without loading the console again. */
const go = async (page: Page, path: string) => {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, `/console${path}`)
  await page.locator('h1:focus').waitFor()
}

// The rules of colours are the only ones whose findings change with the scheme, and no rule is for the width in between.
const looks = [
  { width: 1280, scheme: 'light', rules: 'all' },
  { width: 768, scheme: 'dark', rules: 'colours' },
  { width: 360, scheme: 'light', rules: 'all' },
] as const

/** Pages whose content is whole with the first answer, and the same in each run. */
const readAloudPages = new Set(['evaluation', 'model', 'models', 'not-found', 'playground'])

const findProblems = async (page: Page, name: string) => {
  const found: string[] = []
  for (const { width, scheme, rules } of looks) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize({ width, height: 800 })
    const problems = [...(await findMisplaced(page)), ...(await findBarriers(page, rules))]
    found.push(...problems.map((problem) => `${name}, ${width}, ${scheme}: ${problem}`))
  }
  return found
}

describeInBrowser('no barrier, no small target and no scroll bar across', ({ open, server }) => {
  test('on any page', async () => {
    const { page } = await open('/nowhere')
    const found: string[] = []
    for (const [name, pathOn] of pagePaths) {
      await go(page, pathOn(server()))
      await page.locator('[aria-busy=true], .problem').first().waitFor({ state: 'detached' })
      if (readAloudPages.has(name)) {
        const read = await readAloud(page)
        await expect.soft(read).toMatchFileSnapshot(`read-aloud/${name}.txt`)
      }
      found.push(...(await findProblems(page, name)))
    }
    expect(found).toEqual([])
  })

  test('on the page to sign in', async () => {
    const { page } = await open('', { key: undefined })
    await page.getByLabel('API key').waitFor()
    expect(await findProblems(page, 'sign-in')).toEqual([])
  })

  test('while there is nothing to show', async () => {
    const { page } = await open('/nowhere')
    await page.route('**/console/api/models', (route) => route.fulfill({ json: { models: [] } }))
    await page.route('**/console/api/jobs?*', (route) =>
      route.fulfill({ json: { jobs: [], next_cursor: null } }),
    )
    for (const path of ['/models', '/playground', '/batches', '/jobs']) {
      await go(page, path)
      await page.getByText(/^(There is no model|No jobs) yet/).waitFor()
      expect(await findProblems(page, path)).toEqual([])
    }
  })

  test('while the server answers with errors', async () => {
    const { page, problems } = await open('/nowhere')
    const json = { message: 'Something broke', code: 'internal', request_id: 'abc' }
    await page.route('**/console/api/**', (route) => route.fulfill({ status: 500, json }))
    for (const path of ['/overview', '/jobs']) {
      await go(page, path)
      await page.getByRole('alert').filter({ hasText: 'Something broke' }).first().waitFor()
      expect(await findProblems(page, path)).toEqual([])
    }
    await page.close() // It asks for as long as it is open.
    for (const problem of problems.splice(0)) expect(problem).toContain('a status of 500')
  })
})
