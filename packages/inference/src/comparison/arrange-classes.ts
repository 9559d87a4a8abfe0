import { type Label, Matrix } from '@dsapi/model'
import type { Prediction } from '../protocols/dsapi-json/answers.ts'

/** All classes, those of the model and those of the labels, with the answered class and the probabilities of each row. */
export const arrangeClasses = (
  own: readonly Label[],
  labels: readonly Label[],
  answers: readonly Prediction[],
) => {
  const classes = [...new Set([...own, ...labels])].sort(inOrder)
  const width = classes.length
  const places = own.map((label) => classes.indexOf(label))
  // A class that the model does not know has the probability zero.
  const probabilities = new Matrix(new Float64Array(answers.length * width), answers.length, width)
  const predicted = answers.map((answer, row) => {
    if (!('class' in answer)) throw new TypeError('The answer has no class')
    for (const [k, value] of answer.class_probabilities.entries()) {
      probabilities.row(row)[places[k]] = value
    }
    return answer.class
  })
  return { classes, predicted, probabilities }
}

/** As scikit-learn orders classes: numbers by value, texts by their code points. */
const inOrder = (a: Label, b: Label) => (a < b ? -1 : a > b ? 1 : 0)
