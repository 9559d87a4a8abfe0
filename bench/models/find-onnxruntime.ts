import { createRequire } from 'node:module'
import { join } from 'node:path'

type Tensor = { readonly data: Float32Array }

/** What is used of onnxruntime-node. */
export type Onnxruntime = {
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => Tensor
  readonly InferenceSession: {
    readonly create: (
      file: Uint8Array,
      options: {
        readonly intraOpNumThreads: number
        readonly interOpNumThreads: number
        readonly logSeverityLevel: number
      },
    ) => Promise<{
      readonly run: (
        feeds: Readonly<Record<string, Tensor>>,
        outputs: readonly string[],
      ) => Promise<Readonly<Record<string, Tensor>>>
    }>
  }
}

/** A folder whose `node_modules` has onnxruntime-node; no package of the repository depends on it. */
export const onnxruntimeFolder: string = process.env.DSAPI_ONNXRUNTIME ?? '/tmp/ort'

const require = createRequire(join(onnxruntimeFolder, 'package.json'))

/** Loads onnxruntime-node; undefined where it is not installed. */
export const findOnnxruntime = ():
  | { readonly ort: Onnxruntime; readonly version: string }
  | undefined => {
  try {
    const { version } = require('onnxruntime-node/package.json')
    return { ort: require('onnxruntime-node'), version }
  } catch {
    return undefined
  }
}

/** The message where it is missing. */
export const noOnnxruntime: string = `No onnxruntime-node in ${onnxruntimeFolder}: its rows are left out. To install it:
  ONNXRUNTIME_NODE_INSTALL=skip npm install --ignore-scripts --prefix ${onnxruntimeFolder} onnxruntime-node@1.30.0
`
