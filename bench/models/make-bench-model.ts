import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RandomState } from '@dsapi/model'
import { makeModel } from '../trees/make-model.ts'

const nRows = 10_000
const shape = { trees: 100, depth: 6, features: 30 }

/** A model of 100 trees of depth 6, and rows for it. */
export type BenchModel = {
  /** As JSON of XGBoost. */
  readonly text: string
  readonly file: string
  readonly rows: Float32Array<ArrayBuffer>
  /** How many features a row has. */
  readonly width: number
}

/** Makes the model, and 10,000 rows of which a twentieth of the values is missing. */
export const makeBenchModel = (folder: string): BenchModel => {
  const random = new RandomState(0)
  const text = makeModel(shape, random)
  const file = join(folder, 'trees.json')
  writeFileSync(file, text)
  const rows = Float32Array.from({ length: nRows * shape.features }, () =>
    random.uniform() < 0.05 ? Number.NaN : random.standardNormal(),
  )
  return { text, file, rows, width: shape.features }
}
