import { expect, test } from 'vitest'
import { isModelName } from './model-name.ts'

test.each(['a', '0', 'default', 'churn-2', 'fraud.v2_eu', 'a'.repeat(64)])(
  '%s is a name',
  (name) => {
    expect(isModelName(name)).toBe(true)
  },
)

test.each(['', 'Churn', '-a', '.', '..', '_a', 'a b', 'a/b', 'a\n', 'ä', 'a'.repeat(65)])(
  '%j is no name',
  (name) => {
    expect(isModelName(name)).toBe(false)
  },
)
