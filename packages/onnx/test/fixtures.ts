import { readdirSync, readFileSync } from 'node:fs'
import type { Artifact, Batch, Feature } from '@dsapi/inference'

const folder = new URL('./fixtures/', import.meta.url)

/** The names of all fixtures. */
export const fixtureNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.onnx'))
  .map((file) => file.slice(0, -'.onnx'.length))

export const fixtureBytes = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`${name}.onnx`, folder)))

export const fixtureFile = (name: string): Artifact => ({
  type: 'bytes',
  bytes: fixtureBytes(name),
})

type Cell = number | string | null
type Rows = readonly (readonly Cell[])[]

/** What the library that trained a model was asked, and what it answered. */
type Expected = {
  readonly input: Rows | Readonly<Record<string, readonly Cell[]>>
  readonly label?: readonly (string | number)[]
  readonly probabilities?: readonly (readonly number[])[]
  readonly value?: readonly number[]
}

export const readExpected = <Read = Expected>(name: string): Read =>
  JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), 'utf8'))

/** A batch of rows, or of named columns. */
export const batchOf = (input: Expected['input'], features: readonly Feature[]): Batch => {
  const rows = isRows(input) ? input : rowsOf(input, features)
  const isText = features.map(({ type }) => type === 'text')
  const numbers = rows.flatMap((row) =>
    row.filter((_, k) => !isText[k]).map((cell) => (cell === null ? Number.NaN : Number(cell))),
  )
  const texts = features.flatMap((_, k) =>
    isText[k] ? [rows.map((row) => (row[k] === null ? null : String(row[k])))] : [],
  )
  return { nRows: rows.length, numbers: Float64Array.from(numbers), texts }
}

const isRows = (input: Expected['input']): input is Rows => Array.isArray(input)

const rowsOf = (
  columns: Readonly<Record<string, readonly Cell[]>>,
  features: readonly Feature[],
) => {
  const ordered = features.map(({ name }) => columns[name])
  return ordered[0].map((_, row) => ordered.map((column) => column[row]))
}
