import type { Database } from '@dsapi/db'
import { readArtifact } from '@dsapi/inference/threads'
import { type FitReport, modelFromJSON } from '@dsapi/model'
import { defaultModel, loadVersion, type StoredModel } from '@dsapi/registry'
import { withModelHost } from '../../database/model-host.ts'
import { withOwnDatabase } from '../../database/with-database.ts'
import { CliError } from '../../terminal/cli-error.ts'
import { formatInstant, type Json, print, printJson, table } from '../../terminal/output.ts'
import { loadServedModel } from './served-model.ts'

export const show = async ({
  version,
  json,
}: Json & { readonly version?: number }): Promise<void> => {
  const stored = await withOwnDatabase((db) =>
    version === undefined ? loadServedModel(db) : findVersion(db, version),
  )
  const file: unknown = JSON.parse(new TextDecoder().decode(await readArtifact(stored.artifact)))
  if (json) printJson(file)
  else print(describe(stored, file))
}

const findVersion = async (db: Database, version: number): Promise<StoredModel> => {
  const stored = await withModelHost((host) =>
    loadVersion(db, host, { name: defaultModel, version }),
  )
  if (stored === undefined) throw new CliError(`There is no model version ${version}`)
  return stored
}

const describe = ({ tag, createdAt }: StoredModel, file: unknown): string => {
  const model = modelFromJSON(file)
  const { classes, coef, intercept, featureNames, fit } = model
  const scored = classes.length === 2 ? [classes[1]] : classes
  const rows = [
    ...featureNames.map((name, j) => [name, ...coef.map((row) => number(row[j]))]),
    ['(intercept)', ...intercept.map(number)],
  ]
  return [
    `version    ${tag}, stored ${formatInstant(createdAt)}`,
    `classes    ${classes.join(', ')}${model.multiClass === 'ovr' ? ' (one-vs-rest)' : ''}`,
    `fit        ${fit ? describeFit(fit) : 'imported'}`,
    '',
    table(['COEFFICIENT', ...scored.map((label) => `CLASS ${label}`)], rows),
  ].join('\n')
}

const describeFit = ({ converged, nIter, objective, gradientNorm }: FitReport) =>
  `${converged ? 'converged' : 'did NOT converge'} in ${nIter} steps, objective ${number(objective)}, gradient ${number(gradientNorm)}`

const number = (value: number) => value.toPrecision(6)
