import { isRecord } from '../../is-record.ts'
import type { AskedVersion, ProtocolRequest } from '../protocol.ts'

const none: AskedVersion = { ok: true, value: undefined }

const wrong = (field: string, message: string): AskedVersion => ({ ok: false, field, message })

/** The version in `parameters` of a request to load a model; other parameters are for the files of other servers. */
export const readLoadVersion = ({ body }: ProtocolRequest): AskedVersion => {
  if (body.length === 0) return none
  const json = parse(body)
  if (!isRecord(json)) return wrong('', 'the body must be a JSON object')
  const parameters = json.parameters ?? {}
  if (!isRecord(parameters)) return wrong('parameters', 'must be an object')
  const { version } = parameters
  if (version === undefined) return none
  if (typeof version === 'string' || typeof version === 'number') {
    return { ok: true, value: String(version) }
  }
  return wrong('parameters.version', 'must be the number of a version')
}

const parse = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch {
    return undefined
  }
}
