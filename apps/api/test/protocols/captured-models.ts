import { readFileSync } from 'node:fs'
import { waitFor } from '@dsapi/testing'
import { asking } from '../models/models-api.ts'
import type { RunningApi } from '../running-api.ts'

/** What a client in Python has understood of an answer. */
export type Outcome =
  | { readonly ok: boolean }
  | { readonly json: unknown }
  | { readonly outputs: unknown }
  | { readonly error: string; readonly status: number }

type Requests = {
  /** By name: the file of a model, or the model itself. */
  readonly models: Readonly<Record<string, string | object>>
  readonly rows: Readonly<Record<string, readonly (number | null)[][]>>
  /** By client and name. */
  readonly requests: Readonly<Record<string, Readonly<Record<string, Outcome>>>>
}

export const capturedFolder: URL = new URL('captured/', import.meta.url)

const captured: Requests = JSON.parse(
  readFileSync(new URL('requests.json', capturedFolder), 'utf8'),
)
export const { rows, requests } = captured

/** Adds trees, a regression, and a classifier with text labels. Returns a key that may do all. */
export const addCapturedModels = async (api: RunningApi): Promise<string> => {
  const { key } = await api.makeKey({ scopes: ['predict', 'admin'] })
  const { send } = asking(api.url, key)
  for (const [name, model] of Object.entries(captured.models)) {
    const file = new URL(`../../../../${model}`, import.meta.url)
    const content = typeof model === 'string' ? readFileSync(file, 'utf8') : model
    await send('POST', `/models/${name}/versions`, content)
    await waitFor(async () => (await fetch(`${api.url}/v2/models/${name}/ready`)).status === 200)
  }
  return key
}
