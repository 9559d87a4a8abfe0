import { CsvParser } from '@dsapi/model'

/** The names of the classes in the first line of a batch's result. */
export const classesInHeader = (header: string): readonly string[] => {
  let names: readonly string[] = []
  const parser = new CsvParser(({ fields }) => {
    names = fields.slice(2, -1).map((name) => name.replace(/^probability_/, ''))
  })
  parser.write(header)
  parser.end()
  return names
}
