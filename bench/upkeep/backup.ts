// How fast `dsapi db backup` copies a live SQLite database, and what that does to requests that write.
//   pnpm --filter @dsapi/bench bench:backup [MEBIBYTES]

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createClient } from '@dsapi/client'
import { putChunk } from '@dsapi/db'
import { startDsapi } from '../dsapi.ts'
import { runDsapi } from '../processes.ts'
import { inWords, pacedWrites } from './paced-writes.ts'

const mebibytes = Number(process.argv[2] ?? 1024)
const rate = 50
const say = (text: string) => process.stdout.write(`${text}\n`)

const dsapi = await startDsapi({ withWorker: true })
for (let position = 0; position < mebibytes; position++) {
  const content = randomBytes(2 ** 19).toString('hex')
  const place = { jobId: 'bench', part: 'input', position } as const
  await putChunk(dsapi.db, place, { content, now: Date.now() })
}
const client = createClient({ baseUrl: `http://127.0.0.1:${dsapi.port}`, apiKey: dsapi.key })
const submit = () => client.submit({ feature_a: 1.3, feature_b: -3.2 })
const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
const file = join(folder, 'backup.sqlite')

await pacedWrites(submit, { rate, until: setTimeout(3000) })
say(`alone: ${inWords(await pacedWrites(submit, { rate, until: setTimeout(20_000) }))}`)
const begun = performance.now()
const env = { PATH: process.env.PATH ?? '', DATABASE_URL: dsapi.databaseUrl }
const backingUp = runDsapi(['db', 'backup', file], env).then(() => performance.now() - begun)
say(`during a backup: ${inWords(await pacedWrites(submit, { rate, until: backingUp }))}`)
const ms = await backingUp
const bytes = statSync(file).size
say(
  `${(bytes / 1e6).toFixed(0)} MB in ${(ms / 1000).toFixed(1)} s, with the check of the copy: ${(bytes / 1e3 / ms).toFixed(0)} MB a second`,
)
rmSync(folder, { recursive: true })
await dsapi.stop()
process.exit()
