import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LogisticRegression } from '@dsapi/model'
import { median } from '../report.ts'
import { findOnnxruntime, onnxruntimeFolder } from './find-onnxruntime.ts'
import type { BenchModel } from './make-bench-model.ts'
import { writeOnnxTrees } from './write-onnx-trees.ts'

const rounds = 5

export type Memory = {
  readonly name: string
  /** By how much the process grew that loaded it. */
  readonly processMB: number
  /** The child process that computes; 0 where there is none. */
  readonly childMB: number
}

const measure = (kind: string, file: string, cwd: string): Omit<Memory, 'name'> => {
  const script = join(import.meta.dirname, 'memory-of.ts')
  const args = ['--expose-gc', script, kind, file]
  const runs: Omit<Memory, 'name'>[] = Array.from({ length: rounds }, () =>
    JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', cwd })),
  )
  return {
    processMB: median(runs.map(({ processMB }) => processMB)),
    childMB: median(runs.map(({ childMB }) => childMB)),
  }
}

const linear = (width: number) => {
  const row = (value: number) => Array.from({ length: width }, () => value)
  return JSON.stringify(new LogisticRegression().fit([row(0), row(1)], [0, 1]))
}

/** The memory that each kind of model takes. @param pickle a pipeline of scikit-learn, if there is one */
export const memoryOfModels = (
  { text, file, width }: BenchModel,
  pickle: string,
  folder: string,
): readonly Memory[] => {
  const linearFile = join(folder, 'linear.json')
  const onnxFile = join(folder, 'trees.onnx')
  writeFileSync(linearFile, linear(width))
  writeFileSync(onnxFile, writeOnnxTrees(text))
  const hasNative = findOnnxruntime() !== undefined
  const all = [
    { name: 'logistic regression, 30 features', kind: 'local', path: linearFile, cwd: folder },
    { name: 'XGBoost, 100 trees of depth 6', kind: 'local', path: file, cwd: folder },
    { name: 'the same as ONNX, in WebAssembly', kind: 'onnx', path: onnxFile, cwd: folder },
    // The native engine is taken where the working folder has it.
    ...(hasNative
      ? [{ name: 'the same as ONNX, native', kind: 'onnx', path: onnxFile, cwd: onnxruntimeFolder }]
      : []),
    ...(existsSync(pickle)
      ? [
          {
            name: 'a pipeline of scikit-learn in Python',
            kind: 'python',
            path: pickle,
            cwd: folder,
          },
        ]
      : []),
  ]
  return all.map(({ name, kind, path, cwd }) => ({ name, ...measure(kind, path, cwd) }))
}
