// Starts a model that never answers, asks it, and sends the id of its process to the test.

import { fileURLToPath } from 'node:url'
import { textArtifact } from '@dsapi/inference'
import { python, writePythonModel } from '../src/index.ts'

const description = writePythonModel({
  callable: 'functions:without_end',
  interpreter: '/usr/bin/python3',
  processes: 1,
  directory: fileURLToPath(new URL('models', import.meta.url)),
})
const model = await python.start(
  textArtifact(description),
  {},
  {
    label: 'test 1',
    timeLimitMs: 600_000,
    onLine: (line) => process.send?.(Number(line)),
    onChange: () => {},
  },
)
await model.predict({ nRows: 1, numbers: Float64Array.of(1, 2), texts: [] })
