import { loadConfig } from '@dsapi/config'
import { type ImportedModel, importModel } from '@dsapi/model'
import { storeModel } from '@dsapi/registry'
import type { Command } from 'commander'
import { withDatabase } from '../../database/with-database.ts'
import { type Json, printJson, say } from '../../terminal/output.ts'
import { readJsonFile } from './read-json-file.ts'

/** Also in the README of `@dsapi/model`, whose tests run them. */
const linesForPython = `\
import json, numpy as np
last = m[-1] if hasattr(m, "steps") else m  # of a Pipeline, the model itself
rows = X[:: len(X) // 20 + 1]  # about 20 rows, with the answers that they get in Python
json.dump({
    "classes": last.classes_.tolist(),
    "coef": last.coef_.tolist(),
    "intercept": np.asarray(last.intercept_).tolist(),
    "feature_names": list(getattr(X, "columns", [])),
    "estimator": type(last).__name__,
    "multi_class": getattr(last, "multi_class", None),
    "solver": getattr(last, "solver", None),
    "check": {"x": np.asarray(rows, float).tolist(), "p": m.predict_proba(rows).tolist()},
}, open("model.json", "w"), default=lambda value: value.item())`

const help = `
These lines write a model m that scikit-learn has fitted to the rows X:

${linesForPython}

The import computes the answers to the rows of "check" and refuses a model that does not answer as
Python did. Without "check" it takes the model as "multi_class" and "solver" say, and warns.

Examples:
  $ dsapi model import model.json
  $ dsapi model import model.json --json`

export const addImport = (model: Command): void => {
  model
    .command('import <file>')
    .summary('serve a model that was fitted elsewhere')
    .description(
      'Stores a model from a JSON file as the newest version: one that dsapi model show --json printed, or a logistic regression from scikit-learn.',
    )
    .option('--json', 'print the version and what was checked as JSON')
    .addHelpText('after', help)
    .action(storeImported)
}

const storeImported = async (file: string, { json }: Json) => {
  const imported = importModel(await readJsonFile(file))
  const { model } = imported
  const version = await withDatabase(
    loadConfig().database,
    (db) => storeModel(db, model, Date.now()),
    { create: true },
  )
  for (const assumption of imported.assumptions) say(`Warning: ${assumption}`)
  if (json) printJson(describe(imported, version))
  say(`Stored ${file}: model version ${version}, features ${model.featureNames.join(', ')}.`)
  if (imported.check) say(describeCheck(imported.check))
}

const describe = ({ model, check, assumptions }: ImportedModel, version: number) => ({
  version,
  classes: model.classes,
  features: model.featureNames,
  multiClass: model.multiClass,
  check: check ?? null,
  assumptions,
})

const describeCheck = ({ rows, largestDifference }: NonNullable<ImportedModel['check']>) =>
  `It answers to ${rows} check rows as the file says, within ${largestDifference.toExponential(1)}.`
