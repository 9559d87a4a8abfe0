import { countPieceBytes, type Database } from '@dsapi/db'
import type { ModelOptions, ModelRuntime } from '@dsapi/inference'
import type { ReceivedArtifact } from '../artifacts/artifact-cache.ts'
import { ModelRefusedError } from '../errors.ts'
import type { ModelHost } from '../loading/model-host.ts'
import { startRuntime } from '../loading/start-runtime.ts'
import { isModelName } from '../model-name.ts'
import type { By } from './change-models.ts'
import { type AddedVersion, insertVersion } from './insert-version.ts'
import { refusalOf } from './refusal-of.ts'

export type AddOptions = By & {
  readonly name: string
  /** The file, as it comes. */
  readonly content: AsyncIterable<Uint8Array>
  /** What the file cannot say. */
  readonly options?: ModelOptions
  /** Rows with the answers of the library that trained the model: the text of a file of samples. */
  readonly samples?: string | undefined
  /** Whether the version is served at once. The first version of a model is in any case. */
  readonly serve?: boolean
  /** The largest file, in bytes. */
  readonly maxBytes: number
  /** Whether the file may name code to run: only for who could run it anyway, on the command line. */
  readonly allowCode?: boolean
}

/** A version that was added, and what the person who added it ought to know. */
export type AddResult = AddedVersion & {
  readonly format: string
  readonly warnings: readonly string[]
}

/**
 * Adds a file as the newest version of a model. It is added only if it can be served: it is loaded as each process will
 * load it, and answers its samples. Until all of that is done nothing is stored.
 *
 * @throws ModelRefusedError when it cannot be served; nothing is left of it
 */
export const addVersion = async (
  db: Database,
  host: ModelHost,
  { content, options = {}, samples, serve = false, ...rest }: AddOptions,
): Promise<AddResult> => {
  const { name, maxBytes, allowCode = false, actor, now } = rest
  if (!isModelName(name)) throw new RangeError(`${JSON.stringify(name)} is no name of a model`)
  const file = await host.cache.receive(content, limitTo(maxBytes))
  try {
    const runtime = await tryOut(host, { file, options, samples, allowCode, label: name })
    await runtime.close()
    const { info } = runtime
    const samplesFile =
      samples === undefined ? undefined : await host.cache.receive(bytesOf(samples), () => {})
    const version = await insertVersion(db, {
      ...{ name, file, samples: samplesFile, options, info, serve, actor, now },
    })
    return { ...version, format: info.format, warnings: info.warnings ?? [] }
  } catch (error) {
    if ((await countPieceBytes(db, file.sha256)) === 0) await host.cache.remove(file.sha256)
    throw error
  }
}

const limitTo = (maxBytes: number) => {
  let size = 0
  return (chunk: Uint8Array) => {
    size += chunk.length
    if (size <= maxBytes) return
    throw new ModelRefusedError(
      'too_large',
      `The file has more than ${maxBytes} bytes, which is the limit (DSAPI_MAX_MODEL)`,
    )
  }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

type Tried = {
  readonly file: ReceivedArtifact
  readonly options: ModelOptions
  readonly samples: string | undefined
  readonly allowCode: boolean
  readonly label: string
}

/** Loads the file as each process will. */
const tryOut = async (
  host: ModelHost,
  { file: { artifact, size }, ...rest }: Tried,
): Promise<ModelRuntime> => {
  if (size === 0) throw new ModelRefusedError('not_a_model', 'The file is empty')
  try {
    return await startRuntime(host, { artifact, ...rest })
  } catch (error) {
    throw refusalOf(error)
  }
}
