import { jsonAnswer } from '../json/json-answer.ts'
import type { ModelState, ServerState, Written } from '../protocol.ts'

/** As KServe's servers answer `GET /`: its client reads `status`. */
export const writeAlive = (): Written => jsonAnswer({ status: 'alive' })

/** The names of the models, as KServe lists them. */
export const writeNames = ({ models }: ServerState): Written =>
  jsonAnswer({ models: models.map(({ name }) => name) })

/** The state of a model as KServe and TensorFlow Serving have it: `ready`, and the state of each version. */
export const writeModelStatus = (state: ModelState): Written => writeStatus(state, state.versions)

/** The same of one version. */
export const writeVersionStatus = (state: ModelState): Written =>
  writeStatus(state, [state.version])

const writeStatus = ({ name, ready }: ModelState, versions: readonly string[]) => {
  const status = {
    name,
    ready,
    // TensorFlow Serving, `api_rest.md`, "Model status API".
    model_version_status: versions.map((version) => ({
      version,
      state: ready ? 'AVAILABLE' : 'LOADING',
      status: ready
        ? { error_code: 'OK', error_message: '' }
        : { error_code: 'UNAVAILABLE', error_message: 'The engine of the model is not running' },
    })),
  }
  if (ready) return jsonAnswer(status)
  return jsonAnswer({ error: `The model "${name}" is not ready`, ...status }, 503)
}
