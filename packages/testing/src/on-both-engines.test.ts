import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { onBothEngines } from './on-both-engines.ts'
import { hasPostgres } from './postgres.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A package with one test file of this text. */
const packageWith = async (text: string) => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'src'))
  await writeFile(join(folder, 'src/one.test.ts'), text)
  return folder
}

/** The files of the second run. */
const onPostgres = (...args: Parameters<typeof onBothEngines>) => {
  const [, postgres] = onBothEngines(...args).test?.projects ?? []
  return typeof postgres === 'object' && 'test' in postgres ? postgres.test?.include : undefined
}

const opens = "import { type Database, openDatabase } from '@dsapi/db'\n"
const opensItself = "import { openDatabase } from '../open-database.ts'\n"

describe.runIf(hasPostgres)('the run on PostgreSQL', () => {
  test('has a file that takes a database of the engine', async () => {
    const folder = await packageWith(`${opens}openDatabase({ url: await emptyDatabase() })`)
    expect(onPostgres(folder)).toEqual(['src/one.test.ts'])
  })

  test.each([
    ['that knows of no database', ''],
    ['that imports types alone', "import type { Database } from '@dsapi/db'\n"],
    ['that starts a server for itself', `${opensItself}await startPostgres()`],
  ])('has no file %s', async (_, text) => {
    expect(onPostgres(await packageWith(text))).toEqual([])
  })

  test('has no file that is named as one for SQLite only', async () => {
    const folder = await packageWith(opens)
    expect(onPostgres(folder, { onSqliteOnly: ['src/one.test.ts'] })).toEqual([])
  })
})

test.each([opens, opensItself])(
  'a file that opens a database of its own stops it: %s',
  async (text) => {
    const folder = await packageWith(text)
    expect(() => onBothEngines(folder)).toThrow('src/one.test.ts can open a database')
  },
)

test('so does one for SQLite only that is not there', async () => {
  const folder = await packageWith(opens)
  const onSqliteOnly = ['src/one.test.ts', 'src/two.test.ts']
  expect(() => onBothEngines(folder, { onSqliteOnly })).toThrow('There is no src/two.test.ts')
})
