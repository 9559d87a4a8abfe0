import { splitCsv } from '../../csv.ts'

const headBytes = 65_536

/**
 * What is wrong with the header of a CSV file for a model, read from its first 64 KiB, so that a wrong file is not sent.
 *
 * @returns undefined if nothing is; the server looks at every row
 */
export const checkHeader = async (
  file: File,
  features: readonly string[],
): Promise<string | undefined> => {
  if (file.size === 0) return 'The file is empty.'
  if (/\.(ndjson|jsonl)$/i.test(file.name)) return undefined
  const text = (await file.slice(0, headBytes).text()).replace(/^\uFEFF/, '')
  const header = splitCsv(text, 1)[0]?.map((name) => name.trim()) ?? []
  const missing = features.filter((name) => !header.includes(name))
  if (missing.length === 0) return undefined
  const names = missing.slice(0, 5).join(', ')
  const rest = missing.length > 5 ? ` and ${missing.length - 5} more` : ''
  const columns = missing.length === 1 ? 'the column' : 'the columns'
  return `The header of the file lacks ${columns} ${names}${rest}, which the model needs.`
}
