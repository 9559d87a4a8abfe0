// Asks a dsapi with the clients that people have, unchanged: tritonclient, and KServe's REST client.
//   DSAPI_TRITONCLIENT=FOLDER DSAPI_KSERVE=FOLDER pnpm --filter @dsapi/bench bench:clients [--capture]
// Each folder is a copy of the public repository. With --capture, what the clients send replaces the requests that the tests
// of the api replay.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createKey } from '@dsapi/auth'
import { waitFor } from '@dsapi/testing'
import { type RunningDsapi, startDsapi } from '../dsapi.ts'
import { type CapturingProxy, startCapturingProxy } from './capturing-proxy.ts'
import { startPythonClient } from './python-client.ts'

/** What a client has understood, or is expected to. */
type Outcome = { readonly [kind: string]: unknown }

type Requests = {
  readonly models: Readonly<Record<string, string | object>>
  readonly requests: Readonly<Record<string, Readonly<Record<string, Outcome>>>>
}

const root = new URL('../../', import.meta.url)
const captured = new URL('apps/api/test/protocols/captured/', root)
const { models, requests }: Requests = JSON.parse(
  readFileSync(new URL('requests.json', captured), 'utf8'),
)
const capture = process.argv.includes('--capture')

const clients = [
  {
    name: 'tritonclient',
    variable: 'DSAPI_TRITONCLIENT',
    repository: 'https://github.com/triton-inference-server/client',
    package: 'src/python/library/tritonclient',
    script: 'tritonclient_steps.py',
    argumentsOf: () => [],
  },
  {
    name: 'kserve',
    variable: 'DSAPI_KSERVE',
    repository: 'https://github.com/kserve/kserve',
    package: 'python/kserve/kserve',
    script: 'kserve_steps.py',
    argumentsOf: (folder: string) => [folder],
  },
] as const

const addModels = async ({ port, db }: RunningDsapi) => {
  const by = { actor: 'cli:bench', now: Date.now() } as const
  const { key } = await createKey(db, { name: 'bench', scopes: ['predict', 'admin'] }, by)
  for (const [name, model] of Object.entries(models)) {
    const url = `http://127.0.0.1:${port}`
    const body =
      typeof model === 'string' ? readFileSync(new URL(model, root)) : JSON.stringify(model)
    const headers = { 'x-api-key': key }
    // A server on a busy machine refuses requests for a while.
    await waitFor(async () => {
      const added = await fetch(`${url}/models/${name}/versions`, { method: 'POST', headers, body })
      const answer = await added.text()
      if (added.status !== 201 && added.status !== 503) throw new Error(answer)
      return added.status === 201
    })
    await waitFor(async () => (await fetch(`${url}/v2/models/${name}/ready`)).status === 200)
  }
  return key
}

const runClient = async (
  { name, variable, package: path, script, argumentsOf }: (typeof clients)[number],
  { key, proxy, folder }: { key: string; proxy: CapturingProxy; folder: string },
) => {
  const own = join(folder, path)
  if (!existsSync(own)) throw new Error(`${variable} names ${folder}, which has no ${path}`)
  const python = startPythonClient(
    [new URL(script, import.meta.url).pathname, ...argumentsOf(own), proxy.host, key],
    { PYTHONPATH: join(own, '..') },
  )
  const target = new URL(`${name}/`, captured)
  if (capture) {
    rmSync(target, { recursive: true, force: true })
    mkdirSync(target)
  }
  let wrong = 0
  for (const [step, expected] of Object.entries(requests[name])) {
    proxy.begin()
    const understood = await python.run(step)
    const isRight = isDeepStrictEqual(understood, expected)
    if (!isRight) wrong++
    process.stdout.write(`${isRight ? 'ok   ' : 'WRONG'} ${name} ${step}\n`)
    if (!isRight) process.stdout.write(`  ${JSON.stringify(understood)}\n`)
    if (capture) writeFileSync(new URL(`${step}.http`, target), proxy.sent(key))
  }
  await python.stop()
  return wrong
}

const named = clients.filter(({ variable }) => process.env[variable])
for (const { name, variable, repository } of clients) {
  if (process.env[variable]) continue
  process.stdout.write(`${name} is left out: set ${variable} to a copy of ${repository}\n`)
}
if (named.length > 0) {
  const dsapi = await startDsapi({ withWorker: false })
  let wrong = 0
  try {
    const key = await addModels(dsapi)
    const proxy = await startCapturingProxy(dsapi.port)
    for (const client of named) {
      const folder = process.env[client.variable] ?? ''
      wrong += await runClient(client, { key, proxy, folder })
    }
    await proxy.stop()
  } finally {
    await dsapi.stop()
  }
  process.exit(wrong === 0 ? 0 : 1)
}
