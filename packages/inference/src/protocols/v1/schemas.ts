import type { JsonSchema } from '../json-schema.ts'

const text: JsonSchema = { type: 'string' }
const any: JsonSchema = {}
const arrayOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
): JsonSchema => ({ type: 'object', properties, required })

export const aliveSchema: JsonSchema = object({ status: text }, ['status'])

export const namesSchema: JsonSchema = object({ models: arrayOf(text) }, ['models'])

const versionStatus = object(
  {
    version: text,
    state: text,
    status: object({ error_code: text, error_message: text }, ['error_code', 'error_message']),
  },
  ['version', 'state', 'status'],
)

export const statusSchema: JsonSchema = object(
  { name: text, ready: { type: 'boolean' }, model_version_status: arrayOf(versionStatus) },
  ['name', 'ready', 'model_version_status'],
)

/** It has one of `instances` and `inputs`. */
export const predictRequestSchema: JsonSchema = object(
  {
    instances: arrayOf(any),
    inputs: { type: ['array', 'object'] },
    signature_name: text,
    parameters: any,
  },
  [],
)

export const predictAnswerSchema: JsonSchema = object(
  { predictions: arrayOf(any), outputs: any },
  [],
)
