import type { Database } from '@dsapi/db'
import { loadModel, type StoredModel } from '@dsapi/registry'
import type { Command } from 'commander'
import { withOwnDatabase } from '../../database/with-database.ts'
import { wholeNumber } from '../../terminal/arguments.ts'
import { CliError } from '../../terminal/cli-error.ts'
import { formatInstant, type Json, print, printJson, table } from '../../terminal/output.ts'
import { loadServedModel } from './served-model.ts'

const examples = `
Examples:
  $ dsapi model show
  $ dsapi model show --version 2 --json > model.json`

export const addShow = (model: Command): void => {
  model
    .command('show')
    .summary('look at a model')
    .description('Shows the model that is served, or an earlier version.')
    .option('--version <n>', 'an earlier version', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--json', 'print the model as JSON, as dsapi model import reads it')
    .addHelpText('after', examples)
    .action(show)
}

const show = async ({ version, json }: Json & { readonly version?: number }) => {
  const stored = await withOwnDatabase((db) =>
    version === undefined ? loadServedModel(db) : named(db, version),
  )
  if (json) printJson(stored.model)
  else print(describe(stored))
}

const named = async (db: Database, version: number): Promise<StoredModel> => {
  const stored = await loadModel(db, version)
  if (stored === undefined) throw new CliError(`There is no model version ${version}`)
  return stored
}

const describe = ({ tag, createdAt, model }: StoredModel): string => {
  const { classes, coef, intercept, featureNames, fit } = model
  const scored = classes.length === 2 ? [classes[1]] : classes
  const rows = [
    ...featureNames.map((name, j) => [name, ...coef.map((row) => number(row[j]))]),
    ['(intercept)', ...intercept.map(number)],
  ]
  return [
    `version    ${tag}, stored ${formatInstant(createdAt)}`,
    `classes    ${classes.join(', ')}${model.multiClass === 'ovr' ? ' (one-vs-rest)' : ''}`,
    `fit        ${fit ? describeFit(fit) : 'done elsewhere'}`,
    '',
    table(['COEFFICIENT', ...scored.map((label) => `CLASS ${label}`)], rows),
  ].join('\n')
}

const describeFit = ({
  converged,
  nIter,
  objective,
  gradientNorm,
}: NonNullable<StoredModel['model']['fit']>) =>
  `${converged ? 'converged' : 'did NOT converge'} in ${nIter} steps, objective ${number(objective)}, gradient ${number(gradientNorm)}`

const number = (value: number) => value.toPrecision(6)
