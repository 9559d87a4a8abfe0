import { join } from 'node:path'
import type { Database } from '@dsapi/db'
import { addVersion, createModelHost, defaultModel, serveVersion } from '@dsapi/registry'
import { waitFor } from '@dsapi/testing'
import type { RunningDsapi } from '../dsapi.ts'

const by = () => ({ actor: 'cli:bench', now: Date.now() })

/** Adds a version of the model `default`, and returns its number and tag. */
export const addModel = async (
  db: Database,
  content: string | Uint8Array,
  folder: string,
): Promise<{ readonly version: number; readonly tag: string }> => {
  const host = createModelHost({
    cacheFolder: join(folder, 'cache'),
    timeLimitMs: 60_000,
    onCacheUnusable: (message) => process.stderr.write(`${message}\n`),
  })
  async function* bytes() {
    yield Buffer.from(content)
  }
  const added = { name: defaultModel, content: bytes(), maxBytes: 2 ** 30, allowCode: true }
  const version = await addVersion(db, host, { ...added, ...by() })
  await host.close()
  return version
}

/** Serves a version, and waits until a running server answers with it. @param body one row that it takes */
export const serveModel = async (
  { db, port, key }: Pick<RunningDsapi, 'db' | 'port' | 'key'>,
  { version, tag }: { readonly version: number; readonly tag: string },
  body: string,
): Promise<void> => {
  await serveVersion(db, { name: defaultModel, version, ...by() })
  const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' }
  await waitFor(async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/predict`, {
      ...{ method: 'POST', headers, body },
    })
    await answer.arrayBuffer()
    return answer.status === 200 && answer.headers.get('x-model-version') === tag
  })
}
