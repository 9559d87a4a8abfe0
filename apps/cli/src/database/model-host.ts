import { loadConfig } from '@dsapi/config'
import { createModelHost, type ModelHost } from '@dsapi/registry'
import { say } from '../terminal/output.ts'

/** How long a model may take over a batch that a command asks it for. */
const timeLimitMs = 60_000

/** Makes what a command loads models with, for as long as `task` takes. */
export const withModelHost = async <T>(task: (host: ModelHost) => Promise<T>): Promise<T> => {
  const host = createModelHost({
    cacheFolder: loadConfig().modelCache,
    timeLimitMs,
    onCacheUnusable: (message) => say(`Warning: ${message}`),
    onLine: (model, line) => say(`${model}: ${line}`),
  })
  // An engine does not keep its process running, so a command that waits for one would end.
  const running = setInterval(() => {}, 60_000)
  try {
    return await task(host)
  } finally {
    clearInterval(running)
    await host.close()
  }
}
