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
  try {
    return await task(host)
  } finally {
    await host.close()
  }
}
