import { type Browser, chromium } from 'playwright-core'

export const executablePath = '/usr/bin/chromium'

/** Chromium as root, offline, and without a graphics card. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  })
