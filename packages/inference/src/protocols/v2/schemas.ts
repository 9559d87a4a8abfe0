import type { JsonSchema } from '../json-schema.ts'
import { datatypeNames } from './datatypes.ts'

const text: JsonSchema = { type: 'string' }
const flag: JsonSchema = { type: 'boolean' }
const parameters: JsonSchema = { type: 'object', additionalProperties: true }
const shape: JsonSchema = { type: 'array', items: { type: 'integer' } }

const object = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]) => ({
  type: 'object',
  properties,
  required,
})
const arrayOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items })

const tensorMetadata = object({ name: text, datatype: text, shape }, ['name', 'datatype', 'shape'])

const tensor = (required: readonly string[]) =>
  object(
    {
      name: text,
      datatype: { type: 'string', enum: datatypeNames },
      shape: { type: 'array', items: { type: 'integer', minimum: 0 } },
      parameters,
      data: { type: 'array' },
    },
    ['name', 'datatype', 'shape', ...required],
  )

// The schemas of the Open Inference Protocol (`open_inference_rest.yaml`), and of the repository extension.

export const serverSchema: JsonSchema = object(
  { name: text, version: text, extensions: arrayOf(text) },
  ['name', 'version', 'extensions'],
)

export const liveSchema: JsonSchema = object({ live: flag }, ['live'])
/** With an error where it is not ready. */
export const readySchema: JsonSchema = object({ error: text, live: flag, ready: flag }, [
  'live',
  'ready',
])
export const modelReadySchema: JsonSchema = object({ name: text, ready: flag }, ['name', 'ready'])

export const modelSchema: JsonSchema = object(
  {
    name: text,
    versions: arrayOf(text),
    platform: text,
    inputs: arrayOf(tensorMetadata),
    outputs: arrayOf(tensorMetadata),
  },
  ['name', 'versions', 'platform', 'inputs', 'outputs'],
)

export const namesSchema: JsonSchema = object({ models: arrayOf(text) }, ['models'])

export const indexSchema: JsonSchema = arrayOf(
  object({ name: text, version: text, state: text, reason: text }, ['name', 'state']),
)

export const inferRequestSchema: JsonSchema = object(
  {
    id: text,
    parameters,
    inputs: arrayOf(tensor([])),
    outputs: arrayOf(object({ name: text, parameters }, ['name'])),
  },
  ['inputs'],
)

export const inferAnswerSchema: JsonSchema = object(
  { id: text, model_name: text, model_version: text, outputs: arrayOf(tensor([])) },
  ['model_name', 'model_version', 'outputs'],
)

export const loadSchema: JsonSchema = object({ name: text, load: flag }, ['name', 'load'])

/** JSON, and tensors in binary form behind it. */
export const binarySchema: JsonSchema = {
  type: 'string',
  format: 'binary',
  description:
    'JSON whose length is in the header Inference-Header-Content-Length, and the tensors in binary form behind it',
}
