import type { Database } from '@dsapi/db'
import { listModels, listVersions } from '@dsapi/registry'
import { CliError } from '../../../terminal/cli-error.ts'

/** Says that there is no such model, and which there are. */
export const noModel = async (db: Database, name: string): Promise<CliError> => {
  const names = (await listModels(db)).map((model) => model.name)
  return new CliError(
    names.length === 0
      ? `There is no model ${name}, nor any other. Add one: dsapi model add FILE --name ${name}`
      : `There is no model ${name}. The models are ${names.join(', ')}`,
  )
}

const mostNamed = 20

/** Says that there is no such model or no such version, and which there are. */
export const noVersion = async (
  db: Database,
  { name, version }: { readonly name: string; readonly version: number },
): Promise<CliError> => {
  const versions = (await listVersions(db, name)).map((one) => one.version)
  if (versions.length === 0) return noModel(db, name)
  const named = versions.slice(0, mostNamed).join(', ')
  const more = versions.length > mostNamed ? ` and ${versions.length - mostNamed} older ones` : ''
  return new CliError(
    `There is no version ${version} of the model ${name}. Its versions are ${named}${more}`,
  )
}
