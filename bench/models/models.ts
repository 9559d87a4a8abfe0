// Models of every kind, beside the libraries that people serve them with: one row and many rows, over HTTP, the memory
// that each takes, and new versions under load. In turns in one run.
//   pnpm --filter @dsapi/bench bench:models
// Needs wrk. DSAPI_ONNXRUNTIME names a folder with onnxruntime-node (default: /tmp/ort), and DSAPI_PYTHON a Python
// with the libraries to compare with (default: /usr/bin/python3). What is not installed is left out.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordResult } from '../record-result.ts'
import { evaluate } from './evaluate.ts'
import { findOnnxruntime, noOnnxruntime } from './find-onnxruntime.ts'
import { makeBenchModel } from './make-bench-model.ts'
import { memoryOfModels } from './memory-of-models.ts'
import { pipelineOverHttp, treesOverHttp } from './over-http.ts'
import { printEvaluated, printMemory, printServed, printSwaps } from './print.ts'
import { python } from './start-fastapi.ts'
import { swapUnderLoad } from './swaps.ts'

const folder = mkdtempSync(join(tmpdir(), 'dsapi-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true }))

if (findOnnxruntime() === undefined) process.stderr.write(noOnnxruntime)
const model = makeBenchModel(folder)

const evaluated = await evaluate(model, folder, python)
printEvaluated(evaluated)
const trees = await treesOverHttp(model, folder)
printServed('100 trees, one process each', trees)
const logistic = await pipelineOverHttp('logistic', folder)
printServed('StandardScaler + LogisticRegression, two processes of Python each', logistic)
const forest = await pipelineOverHttp('forest', folder)
printServed('StandardScaler + RandomForestClassifier, two processes of Python each', forest)
const memory = memoryOfModels(model, join(folder, 'logistic.pkl'), folder)
printMemory(memory)
const swaps = await swapUnderLoad(model, folder)
printSwaps(swaps)
recordResult('models', { evaluated, trees, logistic, forest, memory, swaps })
process.exit()
