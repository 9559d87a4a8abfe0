import { isRecord } from '../../is-record.ts'
import { jsonAnswer } from '../json/json-answer.ts'
import type { ProtocolRequest, ServerState, Written } from '../protocol.ts'

/** The extensions of Triton that are there. */
const extensions = ['binary_tensor_data', 'classification', 'parameters', 'model_repository']

/** The metadata of the server (Open Inference Protocol, "Server Metadata Response JSON Object"). */
export const writeServer = ({ version }: ServerState): Written =>
  jsonAnswer({ name: 'dsapi', version, extensions })

export const writeLive = (): Written => jsonAnswer({ live: true })

/** Clients look at the status, or at one of the two members. */
export const writeReady = ({ ready }: ServerState): Written =>
  ready
    ? jsonAnswer({ live: true, ready })
    : jsonAnswer({ error: 'The server is not ready', live: true, ready }, 503)

/** The names of the models, as KServe lists them. */
export const writeNames = ({ models }: ServerState): Written =>
  jsonAnswer({ models: models.map(({ name }) => name) })

/** The models with their state; with `{"ready": true}`, those that are ready (Triton, `extension_model_repository.md`). */
export const writeIndex = ({ models }: ServerState, request: ProtocolRequest): Written =>
  jsonAnswer(
    models
      .filter(({ ready }) => ready || !asksForReady(request))
      .map(({ name, version, ready }) => ({
        name,
        ...(version !== undefined && { version }),
        state: ready ? 'READY' : 'UNAVAILABLE',
        reason: ready ? '' : 'The model does not answer',
      })),
  )

/** Clients send no body, an empty one or an object. What is none of these filters nothing. */
const asksForReady = ({ body }: ProtocolRequest) => {
  try {
    const asked: unknown = JSON.parse(new TextDecoder().decode(body))
    return isRecord(asked) && asked.ready === true
  } catch {
    return false
  }
}
