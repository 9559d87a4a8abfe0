import type { Database } from '@dsapi/db'
import { CsvParser, type Label } from '@dsapi/model'
import { loadModelByTag } from '../models/model-loader.ts'
import type { BatchResult } from './batch-result.ts'

/**
 * The classes that a batch was scored with, in the order of its columns. A result of an older version does not name
 * them: they are those of its model or, where that is gone, what the header calls them.
 */
export const classesOfResult = async (
  db: Database,
  { classes, header, model_version }: BatchResult,
): Promise<readonly Label[]> =>
  classes ?? (await loadModelByTag(db, model_version))?.model.classes ?? namesIn(header)

const namesIn = (header: string): readonly string[] => {
  let names: readonly string[] = []
  const parser = new CsvParser(({ fields }) => {
    names = fields.slice(2, -1).map((name) => name.replace(/^probability_/, ''))
  })
  parser.write(header)
  parser.end()
  return names
}
