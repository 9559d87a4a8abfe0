import { LogisticRegression } from '@dsapi/model'
import { expect, test } from 'vitest'
import { logisticRegressionRuntime } from '../../kinds/logistic-regression.ts'
import { predictRow } from './answers.ts'

test('a prediction names the most probable class', () => {
  const model = logisticRegressionRuntime(
    new LogisticRegression().fit([[0], [1], [2], [3]], ['no', 'no', 'yes', 'yes']),
  )
  expect(predictRow(model, [9])).toMatchObject({ class: 'yes' })
  expect(predictRow(model, [-9])).toMatchObject({ class: 'no' })
})
