import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { workingFolder } from '@dsapi/config'
import { CliError } from '../cli-error.ts'
import { messageOf } from '../message-of.ts'

/**
 * Reads a file of JSON in UTF-8, with or without a byte order mark.
 *
 * @throws CliError when there is no such file, or its bytes are no UTF-8 or no JSON
 */
export const readJsonFile = async (file: string): Promise<unknown> => {
  const bytes = await readFile(resolve(workingFolder(), file)).catch((error: unknown) => {
    throw new CliError(`${file} cannot be read: ${messageOf(error)}`)
  })
  try {
    return JSON.parse(decode(bytes, file))
  } catch (error) {
    if (error instanceof CliError) throw error
    throw new CliError(`${file} cannot be read as JSON: ${messageOf(error)}`)
  }
}

const decode = (bytes: Uint8Array, file: string): string => {
  try {
    // Bytes that are no text must not become other text. The decoder drops a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CliError(`${file} is ${kindOf(bytes)}; expected JSON in UTF-8: save it as UTF-8`)
  }
}

const beginnings: readonly (readonly [string, readonly number[]])[] = [
  ['text in UTF-16', [0xff, 0xfe]],
  ['text in UTF-16', [0xfe, 0xff]],
  ['compressed by gzip', [0x1f, 0x8b]],
  ['a pickle of Python', [0x80]],
]

const kindOf = (bytes: Uint8Array): string => {
  const known = beginnings.find(([, beginning]) => beginning.every((byte, i) => bytes[i] === byte))
  return known?.[0] ?? 'not in UTF-8'
}
