import type { Config } from '@dsapi/config'
import type { Limits } from '../app-deps.ts'
import { memoryPerByte } from '../endpoints/predict/predictor.ts'
import { createMemoryBudget } from '../http/memory-budget.ts'
import { bodyLimit } from '../http/read-body.ts'

export const createLimits = (config: Config): Limits => {
  const memory = createMemoryBudget(config.requestMemory)
  return {
    memory,
    jsonBody: bodyLimit(memory, config.maxBody),
    instancesBody: bodyLimit(memory, config.maxInstances, memoryPerByte),
    maxBatch: config.maxBatch,
  }
}
