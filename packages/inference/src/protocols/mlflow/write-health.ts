import { jsonHeaders } from '../json/json-answer.ts'
import type { ModelState, ServerState, Written } from '../protocol.ts'

const encoder = new TextEncoder()

/** Text under the type of JSON, as MLflow's scoring server has it. */
const write = (text: string, status = 200): Written => ({
  status,
  headers: jsonHeaders,
  body: encoder.encode(text),
})

const writeHealth = (isReady: boolean) => write('\n', isReady ? 200 : 503)

/** 200 while the server answers with the model `default`, 404 without it, and else 503. */
export const writeServerHealth = ({ ready, models }: ServerState): Written => {
  const model = models.find(({ name }) => name === 'default')
  if (model === undefined) return write('\n', 404)
  return writeHealth(ready && model.ready)
}

export const writeModelHealth = ({ ready }: ModelState): Written => writeHealth(ready)

/** The version as it is, without quotes. */
export const writeVersion = ({ version }: ServerState): Written => write(version)
