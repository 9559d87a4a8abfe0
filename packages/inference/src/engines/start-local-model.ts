import type { Artifact } from '../artifact.ts'
import { readModel } from '../kinds/index.ts'
import type { ModelInfo } from '../model-info.ts'
import type { ModelOptions } from '../model-options.ts'
import type { ModelRuntime } from '../runtime.ts'
import { moduleBeside } from '../threads/module-beside.ts'
import type { EngineContext } from './engine-context.ts'
import { forkProcess } from './fork-process.ts'
import type { LocalStart } from './local-member.ts'
import { readArtifact } from './read-artifact.ts'
import { superviseEngine } from './supervised-engine.ts'

/** Files above this, in bytes, are read in a process of their own: reading takes longer than others can wait. */
export const largestInProcess = 4 * 2 ** 20

/** What a process takes besides the model, and how many times the size of the file, in memory. */
const baseHeapMb = 128
const heapPerByte = 6

const sizeOf = (artifact: Artifact) =>
  artifact.type === 'bytes' ? artifact.bytes.length : artifact.size

/**
 * Makes what computes of the file of a model that our own code reads: in this process if it is small, else in one of its
 * own, which may take a few times as much memory as the file. What it needs above that ends that process alone. A thread
 * would not do: V8 aborts the whole process when `JSON.parse` meets the limit of a thread.
 *
 * @throws what `readModel` throws; Error when the memory does not suffice
 */
export const startLocalModel = async (
  artifact: Artifact,
  options: ModelOptions,
  context: EngineContext,
): Promise<ModelRuntime> => {
  const size = sizeOf(artifact)
  if (size <= largestInProcess) return readModel(await readArtifact(artifact), options)
  const { hello, ...engine } = await superviseEngine({
    start: () =>
      forkProcess<LocalStart, ModelInfo>({
        url: moduleBeside('local-member', import.meta.url),
        data: { artifact, options },
        onLine: context.onLine,
        heapMb: baseHeapMb + Math.ceil((heapPerByte * size) / 2 ** 20),
      }),
    members: 1,
    context,
  })
  return { info: hello, ...engine }
}
