import type { Artifact, EngineState, ModelOptions, ModelRuntime } from '@dsapi/inference'
import { onTestFinished } from 'vitest'
import type { EngineType } from '../src/engines/find-engine.ts'
import { startOnnx } from '../src/start-onnx.ts'
import { engineFor } from './engines.ts'

type StartOptions = {
  readonly options?: ModelOptions
  readonly type?: EngineType
  readonly timeLimitMs?: number
  readonly onChange?: (state: EngineState) => void
  readonly onLine?: (line: string) => void
}

/** Starts a model for the time of a test. */
export const start = async (
  artifact: Artifact,
  {
    options = {},
    type = 'wasm',
    timeLimitMs = 60_000,
    onChange = () => {},
    onLine = () => {},
  }: StartOptions = {},
): Promise<ModelRuntime> => {
  const context = { label: 'test 1-00000000', timeLimitMs, onChange, onLine }
  const model = await startOnnx(artifact, options, context, engineFor(type))
  onTestFinished(() => model.close())
  return model
}
