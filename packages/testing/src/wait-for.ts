import { setTimeout } from 'node:timers/promises'

const askEveryMs = 10

/**
 * Waits until a condition holds.
 *
 * @param options.timeout gives up after so many milliseconds. The default is long enough for a slow machine, so that no
 *   test depends on timing
 * @throws Error when the time is over
 */
export const waitFor = async (
  condition: () => boolean | Promise<boolean>,
  { timeout = 150_000 }: { readonly timeout?: number } = {},
): Promise<void> => {
  const deadline = Date.now() + timeout
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeout} ms in vain for ${condition}`)
    await setTimeout(askEveryMs)
  }
}
