import { createRequire } from 'node:module'
import { join } from 'node:path'

type DatabasePackage = {
  readonly openDatabase: (
    settings: { readonly url: string },
    options: { readonly create: boolean },
  ) => Promise<{ readonly destroy: () => Promise<void> }>
}

/** Makes the schema in a database, as the tested package would: this one imports none of those that it helps to test. */
export const makeSchema = async (testedFolder: string, url: string): Promise<void> => {
  const path = createRequire(join(testedFolder, 'package.json')).resolve('@dsapi/db')
  const { openDatabase }: DatabasePackage = await import(path)
  const db = await openDatabase({ url }, { create: true })
  await db.destroy()
}
