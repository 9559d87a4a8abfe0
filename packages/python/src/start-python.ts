import type { Artifact, EngineContext, ModelOptions, ModelRuntime } from '@dsapi/inference'
import { type EngineMember, readArtifact, superviseEngine } from '@dsapi/inference/engines'
import { readPythonModel } from './description.ts'
import { type Hello, infoOf } from './hello.ts'
import { startInterpreter } from './start-interpreter.ts'

/** The options that a Python model takes. */
const known: readonly string[] = ['features', 'rename', 'types', 'classes', 'outputs']

/**
 * Starts the processes of a Python model.
 *
 * @throws Error when the model cannot be loaded, with what to do
 */
export const startPython = async (
  artifact: Artifact,
  options: ModelOptions,
  context: EngineContext,
): Promise<ModelRuntime> => {
  const model = readPythonModel(new TextDecoder().decode(await readArtifact(artifact)))
  const other = Object.keys(options).find((name) => !known.includes(name))
  if (other !== undefined) throw new Error(`A Python model takes no option ${other}`)
  const { rename = {}, ...asked } = options
  let first: Hello | undefined
  const start = (): EngineMember<Hello> => {
    const member = startInterpreter(model, asked, context.onLine)
    const ready = member.ready.then((hello) => {
      first ??= hello
      checkSame(first, hello)
      return hello
    })
    return { ...member, ready }
  }
  const { hello, ...engine } = await superviseEngine({ start, members: model.processes, context })
  return { info: infoOf(hello, rename), ...engine }
}

/** The file of the model may have been written anew; then it is another version, and must be added as one. */
const checkSame = (first: Hello, { features, output }: Hello) => {
  const isSame =
    JSON.stringify([features, output]) === JSON.stringify([first.features, first.output])
  if (!isSame) {
    throw new Error(
      'The model has other features or outputs than when it was started. Add it as a new version',
    )
  }
}
