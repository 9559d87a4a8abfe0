import { isRecord } from '../is-record.ts'
import { shorten } from '../protocols/shorten.ts'
import { exportAdvice, whatIsServed } from './export-advice.ts'
import { headText } from './head-text.ts'
import { NotAModelError } from './not-a-model-error.ts'

/**
 * Why a file that no kind of model recognizes is not served: what it is by its first bytes, and how to export a model.
 *
 * @param head the first bytes of the file: `headBytes`, or all if it has fewer
 */
export const refuseOthers = async (head: Uint8Array): Promise<NotAModelError> => {
  // It recognizes these files for its own messages.
  const { describeOther } = await import('@dsapi/trees')
  const other = describeOther(head)
  return new NotAModelError(
    other === undefined
      ? `${describeText(headText(head))}. ${whatIsServed}`
      : `${other.description} ${exportAdvice[other.format]}`,
  )
}

const describeText = (text: string): string => {
  if (text.startsWith('{')) return describeJson(text)
  // A line of names or numbers with commas between them.
  return /^[\w"' .-]+(?:,[\w"' .-]*)+\r?\n/.test(text)
    ? 'This is a table (CSV), and no model'
    : 'This is no model of a kind that is known'
}

/** @param text the whole file, or the beginning of a longer one */
const describeJson = (text: string): string => {
  const json = parse(text)
  if (!isRecord(json)) return 'This begins like JSON, but is no model'
  const names = Object.keys(json)
    .slice(0, 6)
    .map((name) => JSON.stringify(shorten(name)))
  return `This JSON is no model: it has ${names.length === 0 ? 'no members' : names.join(', ')}`
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
