import { extname } from 'node:path'
import type { Artifact, EngineContext, ModelOptions, ModelRuntime } from '@dsapi/inference'
import { forkProcess, startThread, superviseEngine } from '@dsapi/inference/engines'
import { createNumberCheck } from './check-numbers.ts'
import type { OnnxHello } from './compute/load-model.ts'
import { type FoundEngine, findEngine } from './engines/find-engine.ts'
import type { OnnxStart } from './engines/onnx-member.ts'

const memberUrl = new URL(`./engines/onnx-member${extname(import.meta.url)}`, import.meta.url)

/**
 * Starts an ONNX model in an engine of its own: the WebAssembly one in a thread, which can be ended at any time; the
 * native one in a child process, because ending a thread in the middle of its run would abort the whole process.
 *
 * @param engine a certain one; by default the one that is found
 * @throws Error when no engine is installed, or the file cannot be served
 */
export const startOnnx = async (
  artifact: Artifact,
  options: ModelOptions,
  context: EngineContext,
  engine: FoundEngine = findEngine(),
): Promise<ModelRuntime> => {
  const data: OnnxStart = { engine, artifact, options }
  const { onLine } = context
  const { hello, predict, state, close } = await superviseEngine({
    start: () =>
      engine.type === 'native'
        ? forkProcess<OnnxStart, OnnxHello>({ url: memberUrl, data, onLine })
        : startThread<OnnxStart, OnnxHello>({ url: memberUrl, data, onLine }),
    members: 1,
    context,
  })
  const check = createNumberCheck(hello.info, hello.limits)
  return {
    info: hello.info,
    predict: async (batch, signal) => {
      check(batch)
      return predict(batch, signal)
    },
    state,
    close,
  }
}
