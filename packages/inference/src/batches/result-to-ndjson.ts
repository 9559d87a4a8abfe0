import { CsvParser, type Label } from '@dsapi/model'
import { storedText } from './stored-text.ts'

/** The columns of a result besides the probabilities: a row's number, its class, and why there is none. */
const otherColumns = 3

/**
 * Makes what turns lines of a result from CSV to one JSON object a line.
 *
 * @param classes the classes of the model, in its order, each in its own type: cells are text, and do not distinguish a class
 *   `"001"` from a class 1
 */
export const createNdjsonWriter = (classes: readonly Label[]): ((lines: string) => string) => {
  // A cell holds a class as the database can store it.
  const labels = new Map(classes.map((label) => [storedText(String(label)), label]))
  const write = (cells: readonly string[]) => {
    const row = Number(cells[0])
    const error = cells[classes.length + otherColumns - 1]
    if (error !== '') return `${JSON.stringify({ row, error })}\n`
    const probabilities = cells.slice(2, 2 + classes.length).map(Number)
    const label = labels.get(cells[1]) ?? cells[1]
    return `${JSON.stringify({ row, class: label, class_probabilities: probabilities })}\n`
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
