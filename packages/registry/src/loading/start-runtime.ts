import { type Artifact, type ModelOptions, type ModelRuntime, refuseOthers } from '@dsapi/inference'
import { startLocalModel } from '@dsapi/inference/engines'
import { checkSamples } from './check-samples.ts'
import { countUses } from './count-uses.ts'
import { CodeRefusedError } from './errors.ts'
import { findKind, headOf, runsCode } from './find-kind.ts'
import type { ModelHost } from './model-host.ts'

export type StartOptions = {
  readonly artifact: Artifact
  readonly options: ModelOptions
  /** Whether the file may name code to run. */
  readonly allowCode: boolean
  /** The text of its samples. */
  readonly samples: string | undefined
  /** The model's name and version, for people. */
  readonly label: string
}

/**
 * Makes what computes of the file of a model, and has it answer its samples.
 *
 * @throws Error when the file cannot be served; the message says why
 */
export const startRuntime = async (
  host: ModelHost,
  { samples, ...options }: StartOptions,
): Promise<ModelRuntime> => {
  const runtime = await start(host, options)
  try {
    if (samples !== undefined) await checkSamples(runtime, samples)
    return runtime
  } catch (error) {
    await runtime.close()
    throw error
  }
}

const start = async (
  { timeLimitMs, onLine, onEngine }: ModelHost,
  { artifact, options, label, allowCode }: Omit<StartOptions, 'samples'>,
): Promise<ModelRuntime> => {
  const head = await headOf(artifact)
  const kind = await findKind(head)
  if (kind === undefined) throw await refuseOthers(head)
  if (runsCode(kind) && !allowCode) throw new CodeRefusedError(kind.name)
  const context = {
    ...{ label, timeLimitMs },
    onLine: (line: string) => onLine(label, line),
    onChange: (state: Parameters<ModelHost['onEngine']>[1]) => onEngine(label, state),
  }
  if ('start' in kind) return countUses(await kind.start(artifact, options, context))
  const runtime = await startLocalModel(artifact, options, context)
  return runtime.state === undefined ? runtime : countUses(runtime)
}
