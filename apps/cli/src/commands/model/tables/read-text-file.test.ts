import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { temporaryFolder } from '@dsapi/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { readTextFile } from './read-text-file.ts'

let folder: string

beforeEach(async () => {
  folder = await temporaryFolder()
})

const file = async (content: string | Uint8Array) => {
  const path = join(folder, 'table file.csv')
  await writeFile(path, content)
  return path
}

const read = async (path: string) => {
  let text = ''
  for await (const piece of readTextFile(path)) text += piece
  return text
}

const refusal = async (path: string): Promise<string> => {
  const error = await read(path).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ name: 'CliError' })
  return (error as Error).message
}

const table = 'x,y\n1,a\n2,b\n'

describe('readTextFile', () => {
  test.each<[kind: string, content: Uint8Array, message: RegExp]>([
    [
      'UTF-16 with a mark',
      Buffer.from(`\ufeff${table}`, 'utf16le'),
      /UTF-16.*iconv -f UTF-16 -t UTF-8 '/,
    ],
    ['UTF-16 without a mark', Buffer.from(table, 'utf16le'), /UTF-16.*iconv -f UTF-16LE/],
    ['big-endian UTF-16', Buffer.from(table, 'utf16le').swap16(), /UTF-16.*iconv -f UTF-16BE/],
    ['gzip', gzipSync(table), /gzip.*gunzip/],
    ['zip', Buffer.from('504b030414000000', 'hex'), /zip archive or a workbook/],
    ['xz', Buffer.from('fd377a585a000004', 'hex'), /xz.*unxz/],
    ['zstd', Buffer.from('28b52ffd2004', 'hex'), /zstd/],
    ['Parquet', Buffer.from('PAR1\u0015\u0004'), /Parquet/],
    ['a SQLite database', Buffer.from('SQLite format 3\0\u0010'), /SQLite/],
    ['binary', Buffer.from([0x80, 1, 2, 3, 0xff, 4, 5, 6]), /is binary/],
    ['NUL', Buffer.from('x,y\n1,a\0\n'), /is binary/],
    [
      'Latin-1',
      Buffer.from(`${table}3,M\u00e1laga\n`, 'latin1'),
      /on line 4\b.*iconv -f WINDOWS-1252/,
    ],
    ['a character cut off at the end', Buffer.from('x,y\n1,\u00e9').subarray(0, -1), /not UTF-8/],
  ])('refuses %s with words that say what it is, and what to do', async (_, content, message) => {
    const refused = await refusal(await file(content))
    expect(refused).toMatch(message)
    expect(refused).not.toMatch(/[\p{C}\ufffd]/u)
  })

  test('refuses a folder, and a file that is not there', async () => {
    await mkdir(join(folder, 'sub'))
    expect(await refusal(join(folder, 'sub'))).toContain('is a folder')
    expect(await refusal(join(folder, 'none'))).toContain('There is no file')
    expect(await refusal(join(await file(table), 'x'))).toContain('is not a folder')
  })

  test('names the line of the first byte that is not UTF-8, however far it is', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `${i},\u00e9\u20ac\u{1f600}`)
    const content = Buffer.concat([Buffer.from(`${lines.join('\n')}\n`), Buffer.from([0xe1, 10])])
    expect(await refusal(await file(content))).toContain('on line 50001.')
  })

  test.each(['', table, '\ufeffx,y\n', '\ufffd,\u00e9\u20ac\u{1f600}\n'])(
    'gives the text %j as it is',
    async (text) => expect(await read(await file(text))).toBe(text),
  )

  test('gives characters as they are where pieces of the file meet in them', async () => {
    const text = '\u{1f600}'.repeat(60_000)
    expect(await read(await file(`x${text}`))).toBe(`x${text}`)
  })

  test('reads a pipe', async () => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const [text] = await Promise.all([read(path), writeFile(path, table)])
    expect(text).toBe(table)
  })
})
