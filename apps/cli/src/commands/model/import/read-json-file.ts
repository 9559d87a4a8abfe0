import { CliError } from '../../../terminal/cli-error.ts'
import { messageOf } from '../../../terminal/message-of.ts'
import { readTextFile } from '../tables/read-text-file.ts'

/**
 * Reads a file of JSON in UTF-8, with or without a byte order mark.
 *
 * @throws CliError when there is no such file, or it is not JSON in UTF-8
 */
export const readJsonFile = async (file: string): Promise<unknown> => {
  let text = ''
  for await (const piece of readTextFile(file)) text += piece
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    throw new CliError(`${file} cannot be read as JSON: ${messageOf(error)}`)
  }
}
