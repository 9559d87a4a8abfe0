import type { Output } from '../file/onnx-file.ts'

/** The names of outputs, for errors. */
export const namesOf = (outputs: readonly Output[]) =>
  outputs.map(({ name }) => `'${name}'`).join(', ')
