import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Server } from './start-server.ts'

export type View = {
  readonly width?: number
  readonly scheme?: 'light' | 'dark'
  /** Whose session the page has. Undefined: nobody is signed in. */
  readonly key?: string | undefined
}

export type WatchedPage = {
  readonly page: Page
  /** Violations of the policies, errors of the console and of scripts, and requests that failed or went elsewhere. */
  readonly problems: string[]
}

/** Opens a page that shares nothing with others, and collects what goes wrong in it. */
export const openPage = async (
  browser: Browser,
  server: Server,
  { width = 1280, scheme = 'light', key }: View,
): Promise<WatchedPage> => {
  const context = await browser.newContext({
    ...{ viewport: { width, height: 800 }, colorScheme: scheme, baseURL: server.url },
    ...{ permissions: ['clipboard-write'], locale: 'en-GB', timezoneId: 'UTC' },
  })
  if (key !== undefined) await addSession(context, server, key)
  const problems = await watch(context, server.url)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return { page, problems }
}

/** Signs in as the page does, so that a test of something else need not fill in the form. */
const addSession = async (context: BrowserContext, { url }: Server, key: string) => {
  const answer = await fetch(`${url}/console/session`, {
    ...{ method: 'POST', body: JSON.stringify({ key }) },
    headers: { 'content-type': 'application/json', origin: url },
  })
  const [cookie = ''] = answer.headers.getSetCookie()
  const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }])
}

const watch = async (context: BrowserContext, url: string): Promise<string[]> => {
  const problems: string[] = []
  await context.exposeFunction('reportViolation', (text: string) => problems.push(text))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(window, 'reportViolation')
      if (typeof report === 'function') report(`${event.violatedDirective}: ${event.blockedURI}`)
    })
  })
  context.on('console', (message) => {
    const text = `console: ${message.text()} ${message.location().url}`
    if (['error', 'warning'].includes(message.type()) && !isOverloaded(text)) problems.push(text)
  })
  context.on('weberror', (error) => problems.push(`script: ${error.error().stack}`))
  context.on('request', (request) => {
    const to = new URL(request.url())
    if (to.protocol !== 'data:' && to.origin !== url) problems.push(`elsewhere: ${to}`)
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText
    // A page that is left breaks its requests off.
    if (reason !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()} ${reason}`)
  })
  return problems
}

/** A server that gets no time on a busy machine refuses requests, and the page sends them again. */
const isOverloaded = (text: string) => text.includes('a status of 503')
