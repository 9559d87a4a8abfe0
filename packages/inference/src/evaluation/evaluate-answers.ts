import type { Label } from '@dsapi/model'
import { arrangeClasses } from '../comparison/arrange-classes.ts'
import { classesOf, type ModelInfo } from '../model-info.ts'
import type { Prediction } from '../protocols/dsapi-json/answers.ts'
import { evaluateClasses } from './evaluate-classes.ts'
import { evaluateValues } from './evaluate-values.ts'
import type { EvaluationOfClasses, EvaluationOfValues } from './evaluation.ts'

/**
 * Evaluates the answers of a model.
 *
 * @param labels what was true, for each answer, as `scoreAnswers` takes it
 * @param answers one at least
 * @throws ModelError when labels and answers do not go together
 */
export const evaluateAnswers = (
  info: ModelInfo,
  labels: readonly Label[],
  answers: readonly Prediction[],
): EvaluationOfClasses | EvaluationOfValues => {
  if (info.output.type === 'classes') {
    return evaluateClasses({ labels, ...arrangeClasses(classesOf(info), labels, answers) })
  }
  const answered = answers.map((answer) => {
    if ('value' in answer) return answer.value
    throw new TypeError('The answer is not one value')
  })
  return evaluateValues(labels.map(Number), answered)
}
