import { checkClasses } from '../../labels.ts'
import { LinearRegressionModel } from '../../linear-model/linear-regression-model.ts'
import type { PipelineModel } from '../../pipeline/fitted-pipeline.ts'
import {
  type JsonObject,
  readArray,
  readNumber,
  readNumbers,
  readWord,
  shown,
} from '../read-json.ts'
import { readPythonModel } from '../read-python-model.ts'

/** The models that a file may mean, the likeliest first, and what its user has to know. */
interface LinearModels {
  readonly candidates: readonly PipelineModel[]
  readonly assumptions: readonly string[]
}

/**
 * Reads the last step of an estimator of scikit-learn.
 *
 * @param featureNames those of the columns that it is given
 * @throws {ModelError} `invalid_model`
 */
export function readLinearModel(json: JsonObject, featureNames: readonly string[]): LinearModels {
  switch (readWord(json.type, 'type', ['classifier', 'regressor', 'decision'])) {
    case 'classifier': {
      const { classes, coef, intercept, multi_class, solver } = json
      const read = readPythonModel({ classes, coef, intercept, multi_class, solver, featureNames })
      checkClasses(read.candidates[0].classes, 'classes', 'invalid_model')
      return { candidates: read.candidates, assumptions: [] }
    }
    case 'regressor':
      return { candidates: [linearModel(json, featureNames)], assumptions: [] }
    case 'decision': {
      const classes = readArray(json.classes, 'classes', 2)
      const estimator = typeof json.estimator === 'string' ? json.estimator : 'The estimator'
      return {
        candidates: [linearModel(json, featureNames)],
        assumptions: [
          `${estimator} has no probabilities. The model answers with the value of its decision_function, which is above 0 for the class ${shown(classes[1])} and else means ${shown(classes[0])}.`,
        ],
      }
    }
  }
}

function linearModel(json: JsonObject, featureNames: readonly string[]): LinearRegressionModel {
  const coef = readNumbers(json.coef, 'coef', featureNames.length)
  return new LinearRegressionModel({
    ...{ coef, intercept: readNumber(json.intercept, 'intercept'), featureNames },
  })
}
