import { readdirSync, readFileSync } from 'node:fs'
import { readTrees, type TreeEnsemble } from '../src/index.ts'

const folder = new URL('./fixtures/', import.meta.url)

/** What the library that made a model answered to some rows; null is NaN. */
export interface Expected {
  readonly made_with: string
  readonly input: readonly (readonly (number | string | null)[])[]
  readonly margin?: readonly (number | readonly number[])[]
  readonly prediction?: readonly (number | readonly number[])[]
  readonly sklearn_predict_proba_1?: readonly number[]
  readonly booster_predict_all_trees?: readonly number[]
}

export const fixtureBytes = (name: string): Uint8Array => readFileSync(new URL(name, folder))

export const fixtureNames: readonly string[] = readdirSync(folder).filter(
  (name) => !name.endsWith('.expected.json'),
)

export const expectedOf = (name: string): Expected =>
  JSON.parse(
    readFileSync(new URL(name.replace(/\.\w+$/, '.expected.json'), folder), 'utf8'),
  ) as Expected

/** What the file of a model cannot say. */
export const optionsOf = (name: string) => {
  if (name.includes('missing-zero')) return { missing: 'zero' } as const
  return name.includes('earlystop') ? ({ trees: 'all' } as const) : {}
}

export const readFixture = (name: string): TreeEnsemble =>
  readTrees(fixtureBytes(name), optionsOf(name))

/** Rows as numbers, texts by the codes of their categories. */
export const rowsOf = (model: TreeEnsemble, input: Expected['input']): Float64Array =>
  Float64Array.from(
    input.flatMap((row) =>
      row.map((value, feature) => {
        if (typeof value === 'string') return model.categoryCode(feature, value) ?? Number.NaN
        return value ?? Number.NaN
      }),
    ),
  )
