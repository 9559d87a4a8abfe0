import { expect, test } from 'vitest'
import { ApiError } from './errors.ts'
import { readMultipart } from './read-multipart.ts'

const boundary = 'limit'
const contentType = `multipart/form-data; boundary=${boundary}`
const options = { contentType, fileName: 'file', maxFieldBytes: 100 }

const part = (name: string, content: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`
const end = `--${boundary}--\r\n`

/** A body that comes in pieces of so many bytes. */
const bodyOf = (text: string, size = text.length): ReadableStream<Uint8Array> => {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull: (controller) => {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
}

const contentOf = async (file: AsyncIterable<Uint8Array>) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of file) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const read = async (body: ReadableStream<Uint8Array>, changes: Partial<typeof options> = {}) => {
  const { fields, file } = await readMultipart(body, { ...options, ...changes })
  return { fields: Object.fromEntries(fields), file: await contentOf(file) }
}

test.each([1, 7, 1000])(
  'a form in pieces of %d bytes is read as its fields and its file',
  async (size) => {
    const text =
      part('options', '{}') + part('samples', 'a,b\n1,2\n') + part('file', 'the model') + end
    expect(await read(bodyOf(text, size))).toEqual({
      fields: { options: '{}', samples: 'a,b\n1,2\n' },
      file: 'the model',
    })
  },
)

test.each([
  ['has no file', part('options', '{}') + end, {}, 'no part file'],
  ['has two files', part('file', 'a') + part('file', 'b') + end, {}, 'two parts file'],
  [
    'has a field after its file',
    part('file', 'a') + part('options', '{}') + end,
    {},
    'must be the last',
  ],
  [
    'has a field that is too long',
    part('options', 'a'.repeat(101)) + part('file', 'a') + end,
    {},
    'longer than 100 bytes',
  ],
  [
    'has too many fields',
    part('a', '').repeat(11) + part('file', 'a') + end,
    {},
    'more than 10 parts',
  ],
  ['is cut in its file', part('file', 'the model').slice(0, -8), {}, 'no complete form'],
  ['is cut in a field', part('options', '{}').slice(0, -3), {}, ''],
  ['is empty', '', {}, ''],
  ['is no form', 'the model', {}, ''],
  ['names no boundary', '', { contentType: 'multipart/form-data' }, 'no complete form'],
])('a form that %s is invalid', async (_, text, changes, message) => {
  const error = await read(bodyOf(text), changes).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ code: 'invalid_body', message: expect.stringContaining(message) })
})

test('a file is read no faster than it is used', async () => {
  let sent = 0
  const size = 65_536
  const chunk = new Uint8Array(size)
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent++
      controller.enqueue(
        sent === 1 ? new TextEncoder().encode(part('file', '').slice(0, -2)) : chunk,
      )
    },
  })
  const { file } = await readMultipart(body, options)
  let used = 0
  for await (const { length } of file) {
    used += length
    expect(sent * size - used).toBeLessThan(8 * size)
    if (used > 100 * size) break
  }
  const sentAtTheEnd = sent
  await new Promise((resolve) => setImmediate(resolve))
  expect(sent).toBeLessThanOrEqual(sentAtTheEnd + 1)
})
