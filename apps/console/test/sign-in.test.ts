import { waitFor } from '@dsapi/testing'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser } from './describe-in-browser.ts'
import { tabTo } from './keyboard.ts'

const nobody = { key: undefined } as const

const signIn = async (page: Page, key: string) => {
  await page.getByLabel('API key').fill(key)
  await page.keyboard.press('Enter')
}

describeInBrowser('signing in', ({ open, server }) => {
  test('a person signs in and out by keyboard alone, and the key stays nowhere', async () => {
    const { page } = await open('/jobs', nobody)
    const { key } = server().admin
    await page.getByLabel('API key').waitFor()
    await tabTo(page, 'API key')
    await page.keyboard.type(key)
    await page.keyboard.press('Enter')
    await page.locator('h1:focus', { hasText: 'Jobs' }).waitFor()
    const kept = await page.evaluate(() => [
      document.documentElement.outerHTML,
      JSON.stringify({ ...localStorage, ...sessionStorage, state: history.state }),
      window.location.href,
      JSON.stringify(performance.getEntries()),
      ...[...document.querySelectorAll('input')].map(({ value }) => value),
    ])
    expect(kept.join('\n')).not.toContain(key)
    expect(await page.evaluate(() => document.cookie)).toBe('')
    await tabTo(page, 'Sign out', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })

  test('a key with a typing error is not sent', async () => {
    const { page } = await open('', nobody)
    const sent: string[] = []
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
    const { key } = server().admin
    await signIn(page, key.slice(0, -1) + (key.endsWith('0') ? '1' : '0'))
    await page.getByText('The checksum of the key is wrong').waitFor()
    expect(sent).toEqual([])
  })

  test('pages that a key may not see are not shown, and an address of one says what it needs', async () => {
    const { key } = await server().makeKey({ name: 'reader', scopes: ['jobs'] })
    const { page } = await open('', { key })
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
    const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
    expect(await links.allTextContents()).toEqual(['Jobs'])
    await page.goto('/console/keys')
    await page.getByText('This page needs the scope admin.').waitFor()
  })

  test('a session that has ended asks for a key over the page, which stays', async () => {
    const { key, stored } = await server().makeKey({ name: 'short', scopes: ['admin'] })
    const { page, problems } = await open('/keys?q=short', { key })
    await page.getByRole('link', { name: 'short' }).waitFor()
    await server().ask(`/keys/${stored.id}/disable`, { method: 'POST' })
    await page.getByRole('heading', { name: 'The session has ended' }).waitFor()
    await signIn(page, server().admin.key)
    await page.getByRole('row').filter({ hasText: 'short' }).getByText('disabled').waitFor()
    expect(new URL(page.url()).search).toBe('?q=short')
    for (const problem of problems.splice(0)) expect(problem).toContain('a status of 401')
  })

  test('a hidden tab asks nothing, nor does a paused one', async () => {
    const { page } = await open('/jobs')
    await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
    let asked = 0
    page.on('request', () => asked++)
    await page.clock.install()
    /** What the page asks within a minute of its own clock. */
    const askedWithinMinute = async () => {
      asked = 0
      await page.clock.runFor(60_000)
      return asked
    }
    await page.reload()
    await page.getByRole('row').first().waitFor()
    await page.keyboard.press('p')
    await page.getByText('Paused').waitFor()
    expect(await askedWithinMinute()).toBe(0)
    await page.keyboard.press('p')
    await waitFor(async () => (await askedWithinMinute()) > 0)
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden' })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    expect(await askedWithinMinute()).toBe(0)
  })

  test('an inline script, a style and markup as text are reported, so that all tests see violations', async () => {
    const { page, problems } = await open('', nobody)
    await page.evaluate(() => {
      document.body.setAttribute('style', 'color: red')
      const script = document.createElement('script')
      try {
        script.text = 'document.title = "planted"'
      } catch {
        // Trusted Types.
      }
      document.head.append(script)
      void fetch('http://127.0.0.1:9/').catch(() => {})
      console.error('planted')
    })
    const expected = ['style-src', 'require-trusted-types-for', 'connect-src', 'console: planted']
    for (const part of expected)
      await waitFor(() => problems.some((problem) => problem.startsWith(part)))
    expect(await page.title()).not.toBe('planted')
    problems.splice(0)
  })
})
