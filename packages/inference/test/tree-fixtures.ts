import { readdirSync, readFileSync } from 'node:fs'
import type { ModelOptions } from '../src/model-options.ts'

// The models of `@dsapi/trees`, with the answers of the libraries that made them.

const folder = new URL('../../trees/test/fixtures/', import.meta.url)

type Answers = readonly (number | readonly number[])[]

/** What the library answered to some rows; null is NaN. */
export type Expected = {
  readonly input: readonly (readonly (number | string | null)[])[]
  readonly prediction?: Answers
  readonly margin?: Answers
  readonly sklearn_predict_proba_1?: readonly number[]
  readonly booster_predict_all_trees?: readonly number[]
}

export const fixtureNames: readonly string[] = readdirSync(folder).filter(
  (name) => !name.endsWith('.expected.json'),
)

export const fixtureBytes = (name: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(new URL(name, folder)))

export const expectedOf = (name: string): Expected =>
  JSON.parse(readFileSync(new URL(name.replace(/\.\w+$/, '.expected.json'), folder), 'utf8'))

/** What the file cannot say. */
export const optionsOf = (name: string): ModelOptions => {
  if (name.includes('missing-zero')) return { missing: 'zero' }
  return name === 'made-earlystop-booster.json' ? { trees: 'all' } : {}
}
