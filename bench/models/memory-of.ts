// Loads one model in a process of its own, predicts a row, and prints by how many megabytes memory has grown:
//   node --expose-gc memory-of.ts KIND FILE

import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { batchOfNumbers, type EngineKind, type ModelRuntime, readModel } from '@dsapi/inference'
import { onnx } from '@dsapi/onnx'
import { python, writePythonModel } from '@dsapi/python'
import { childrenOf } from '../cpu-seconds.ts'

const context = {
  label: 'model',
  timeLimitMs: 60_000,
  onLine: () => {},
  onChange: () => {},
}

const start = (kind: EngineKind, bytes: Buffer) =>
  kind.start({ type: 'bytes', bytes: Uint8Array.from(bytes) }, {}, context)

const load = (kind: string, file: string): Promise<ModelRuntime> => {
  if (kind === 'local') return readModel(readFileSync(file))
  if (kind === 'onnx') return start(onnx, readFileSync(file))
  const interpreter = process.env.DSAPI_PYTHON ?? '/usr/bin/python3'
  const directory = dirname(file)
  return start(
    python,
    Buffer.from(writePythonModel({ callable: file, interpreter, processes: 1, directory })),
  )
}

/** The resident memory of a process in megabytes (proc(5)); what it shares with others counts for each. */
const residentMB = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

const memory = () => {
  globalThis.gc?.()
  const children = childrenOf(process.pid).map(residentMB)
  return { own: residentMB(process.pid), children: children.reduce((sum, size) => sum + size, 0) }
}

const [kind = 'local', file = ''] = process.argv.slice(2)
const before = memory()
const model = await load(kind, file)
const width = model.info.features.length
await model.predict(batchOfNumbers(new Float64Array(width), width))
const after = memory()
const grown = {
  processMB: after.own - before.own,
  childMB: after.children - before.children,
}
// What the engine started ends with this process.
process.stdout.write(JSON.stringify(grown), () => process.exit())
