import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWithProgram, freePort, temporaryFolder, waitFor } from '@dsapi/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readAllowedHosts } from '../src/addresses/allowed-hosts.ts'
import { post } from '../src/sending/post.ts'
import { signatureHeaders } from '../src/sending/sign.ts'

// Runs the receivers of the guide, and sends them messages as a worker does.

const guide = readFileSync(new URL('../../../docs/guides/webhooks.md', import.meta.url), 'utf8')

/** The program of the guide that begins with the name of a file. */
const programIn = (name: string) => {
  const [, text] =
    new RegExp(`^\`\`\`\\w+\\n(?:#|//) ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(guide) ?? []
  if (text === undefined) throw new Error(`The guide should have ${name}`)
  return text
}

const secretOf = (byte: number) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`
const secret = `whsec_${randomBytes(24).toString('base64')}`
const body = JSON.stringify({ type: 'job.succeeded', data: { id: 'a', text: 'ü' } })

const startReceiver = async (program: string, name: string) => {
  const file = join(await temporaryFolder(), name)
  writeFileSync(file, programIn(name))
  const port = await freePort()
  const env = { PATH: process.env.PATH, PORT: String(port), WEBHOOK_SECRET: secret }
  const child = spawn(program, [file], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill())
  let printed = ''
  child.stdout.on('data', (text) => {
    printed += text
  })
  const options = {
    ...{ allowed: readAllowedHosts(['127.0.0.1']), timeoutMs: 60_000 },
    signal: new AbortController().signal,
  }
  const send = (headers: Readonly<Record<string, string>>, text = body) =>
    post(new URL(`http://127.0.0.1:${port}/hook`), { headers, body: text }, options)
  await waitFor(() =>
    send({}).then(
      () => true,
      () => false, // It does not listen yet.
    ),
  )
  return { send, printed: () => printed }
}

const headersWith = (secrets: readonly string[], ageSeconds = 0) => {
  const timestamp = Math.floor(Date.now() / 1000) - ageSeconds
  return signatureHeaders({ id: 'm', timestamp, body }, secrets)
}

const receives = (program: string, name: string) => async () => {
  const { send, printed } = await startReceiver(program, name)
  expect(await send({})).toBe(400)
  expect(await send(headersWith([secretOf(1)]))).toBe(400)
  expect(await send(headersWith([secret], 400))).toBe(400)
  expect(await send(headersWith([secret]), body.replace('succeeded', 'cancelled'))).toBe(400)
  expect(await send(headersWith([secret]))).toBe(204)
  expect(await send(headersWith([secretOf(1), secret]))).toBe(204)
  await waitFor(() => printed() === 'job.succeeded a\njob.succeeded a\n')
}

describe('the receiver of the guide accepts what is signed with its secret, and nothing else', () => {
  test('in Node', receives(process.execPath, 'receive.mjs'))
})

describeWithProgram('python3', 'python3')('and so does the other one', () => {
  test('in Python', receives('python3', 'receive.py'))
})
