import { CsvParser, type Label } from '@dsapi/model'
import type { Output } from '../model-info.ts'
import { storedText } from './stored-text.ts'

/**
 * Makes what turns lines of a result from CSV to one JSON object a line, as an answer has it, with the number of the row.
 *
 * @param output of the model: cells are text, and do not distinguish a class `"001"` from a class 1
 */
export const createNdjsonWriter = (output: Output): ((lines: string) => string) => {
  const answerOf =
    output.type === 'classes' ? classReader(output.classes) : valueReader(output.names)
  const write = (cells: readonly string[]) => {
    const row = Number(cells[0])
    const error = cells.at(-1)
    return `${JSON.stringify(error === '' ? { row, ...answerOf(cells) } : { row, error })}\n`
  }
  return (lines) => {
    let written = ''
    const parser = new CsvParser(({ fields }) => {
      written += write(fields)
    })
    parser.write(lines)
    parser.end()
    return written
  }
}

/** Behind the number of the row stand its class and the probabilities. */
const classReader = (classes: readonly Label[]) => {
  // A cell holds a class as the database can store it.
  const labels = new Map(classes.map((label) => [storedText(String(label)), label]))
  return (cells: readonly string[]) => ({
    class: labels.get(cells[1]) ?? cells[1],
    class_probabilities: cells.slice(2, 2 + classes.length).map(Number),
  })
}

/** Behind the number of the row stand its values. */
const valueReader = (names: readonly string[]) => (cells: readonly string[]) =>
  names.length === 1
    ? { value: Number(cells[1]) }
    : { values: Object.fromEntries(names.map((name, k) => [name, Number(cells[1 + k])])) }
