import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { loadConfig, workingFolder } from '@dsapi/config'
import type { Database } from '@dsapi/db'
import { type AddResult, addPythonVersion, addVersion, type ModelHost } from '@dsapi/registry'
import { withModelHost } from '../../../database/model-host.ts'
import { withDatabase } from '../../../database/with-database.ts'
import { cliActor } from '../../../terminal/cli-actor.ts'
import { UsageError } from '../../../terminal/cli-error.ts'
import { printJson, say } from '../../../terminal/output.ts'
import { readTextFile } from '../tables/read-text-file.ts'
import { describeVersion } from '../versions/describe-version.ts'
import { requireVersion } from '../versions/require-version.ts'
import { outputInWords, referenceOf } from '../versions/version-words.ts'
import { type AddArguments, toModelOptions } from './model-options.ts'
import { pythonModelOf, refusePythonOptions } from './python-model.ts'

export const add = async (file: string | undefined, given: AddArguments): Promise<void> => {
  const { database } = loadConfig()
  const addTo = sourceOf(file, given)
  const samples = given.samples === undefined ? undefined : await readAll(given.samples)
  const common = {
    ...{ name: given.name, options: toModelOptions(given), samples },
    ...{ serve: given.serve === true, ...cliActor() },
  }
  await withDatabase(
    database,
    async (db) => {
      const added = await withModelHost((host) => addTo(db, host, common))
      const version = await requireVersion(db, added)
      for (const warning of added.warnings) say(`Warning: ${warning}`)
      if (given.json) printJson(describeVersion(version))
      const about =
        version.info === undefined
          ? ''
          : `, ${version.info.features.length} features, ${outputInWords(version.info.output)}`
      say(`Added ${referenceOf(added)}: ${added.format}${about}. ${nextStep(added)}`)
    },
    { create: true },
  )
}

const nextStep = ({ isServed, ...key }: AddResult) =>
  isServed
    ? 'It is served now.'
    : `It is not served yet. To serve it: dsapi model serve ${referenceOf(key)}`

type Common = Omit<Parameters<typeof addPythonVersion>[2], 'python'>
type AddTo = (db: Database, host: ModelHost, common: Common) => Promise<AddResult>

/** What is added: a file, or code. */
const sourceOf = (file: string | undefined, given: AddArguments): AddTo => {
  if (given.python !== undefined) {
    if (file !== undefined) {
      throw new UsageError('A version is a file or --python, not both. Leave one of them out')
    }
    const python = pythonModelOf(given.python, given)
    return (db, host, common) => addPythonVersion(db, host, { ...common, python })
  }
  if (file === undefined) {
    throw new UsageError('Name the file of the model, or code with --python module:function')
  }
  refusePythonOptions(given)
  const path = resolve(workingFolder(), file)
  const { maxModel: maxBytes } = loadConfig()
  return (db, host, common) =>
    addVersion(db, host, { ...common, content: createReadStream(path), maxBytes })
}

const readAll = async (file: string) => {
  let text = ''
  for await (const piece of readTextFile(file)) text += piece
  return text
}
