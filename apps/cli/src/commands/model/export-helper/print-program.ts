import { readFile } from 'node:fs/promises'
import { print } from '../../../terminal/output.ts'

/** Prints the program that stands beside this file. */
export const printProgram = async (): Promise<void> => {
  print((await readFile(new URL('dsapi_export.py', import.meta.url), 'utf8')).trimEnd())
}
