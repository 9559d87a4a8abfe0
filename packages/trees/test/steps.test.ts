import { expect, test } from 'vitest'
import { readLightgbmInSteps, readXgboostInSteps } from '../src/index.ts'
import { fixtureBytes } from './fixtures.ts'

test.each([
  ['xgb-3.0.0-categorical-onehot.json', readXgboostInSteps],
  ['lgb-4.6.0-pandas.txt', readLightgbmInSteps],
])('%s is read in a step for each tree, and one for the rest', (name, read) => {
  const steps = read(fixtureBytes(name))
  let count = 0
  for (;;) {
    const { done, value } = steps.next()
    if (done) return expect(count).toBe(value.facts.trees)
    count++
  }
})
