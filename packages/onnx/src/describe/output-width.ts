import type { Trial } from '../compute/tensors.ts'
import type { Output } from '../file/onnx-file.ts'

/**
 * How many elements an output has for each row: those of the one row that was tried, else by the shape that the file
 * claims.
 *
 * @returns `undefined` where neither shows it
 * @throws Error when the rows are not along the first axis, as in a model of several outputs that are stacked
 */
export const outputWidth = ({ name, tensor, shape }: Output, trial: Trial): number | undefined => {
  const tried = trial.ok ? trial.results.get(tensor) : undefined
  if (tried !== undefined) {
    if (tried.dims.length > 1 && tried.dims[0] !== 1) throw notByRow(name, tried.dims)
    return tried.data.length
  }
  if (shape === undefined || shape.length === 0) return undefined
  const width = shape.slice(1).reduce<number>((product, size) => product * (size ?? Number.NaN), 1)
  return Number.isNaN(width) ? undefined : width
}

const notByRow = (name: string, dims: readonly number[]): Error =>
  new Error(
    `The output '${name}' has the shape [${dims.join(', ')}] for one row; expected one row, [1, k]. ` +
      'Of a model that answers several things at once, export one model for each',
  )
