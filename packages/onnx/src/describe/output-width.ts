import { type Trial, widthOf } from '../compute/tensors.ts'
import type { Output } from '../file/onnx-file.ts'

/** How many elements an output has for each row, by its shape or else by the trial; `undefined` where neither shows it. */
export const outputWidth = ({ tensor, shape }: Output, trial: Trial): number | undefined => {
  const columns = shape?.slice(1)
  if (columns !== undefined && shape !== undefined && shape.length > 0) {
    const width = columns.reduce<number>((product, size) => product * (size ?? Number.NaN), 1)
    if (!Number.isNaN(width)) return width
  }
  const tried = trial.ok ? trial.results.get(tensor) : undefined
  return tried === undefined ? undefined : widthOf(tried)
}
