import { modelNamePattern } from '@dsapi/registry'
import { unknownModel, unknownVersion } from '../../models/model-access.ts'
import type { ErrorExample, ExampleRequest } from '../../openapi/operation.ts'

export const tag = 'Models'

export const nameParameter = {
  name: 'name',
  in: 'path',
  description: 'The name of the model',
  required: true,
  schema: { type: 'string', pattern: modelNamePattern },
} as const

export const versionParameter = {
  name: 'version',
  in: 'path',
  description: 'The number of the version',
  required: true,
  schema: { type: 'integer', minimum: 1 },
} as const

/** A request for a model that does not exist, with what else the request must have. */
export const unknownModelOf = (
  parameters: Readonly<Record<string, unknown>>,
  body?: ExampleRequest['body'],
): ErrorExample => ({
  code: 'not_found',
  name: 'unknown_model',
  message: unknownModel('unknown').message,
  parameters,
  ...(body && { body }),
})

/** A request for a version that does not exist. */
export const unknownVersionOf = (
  parameters: Readonly<Record<string, unknown>>,
  body?: ExampleRequest['body'],
): ErrorExample => ({
  code: 'not_found',
  name: 'unknown_version',
  message: unknownVersion().message,
  parameters,
  ...(body && { body }),
})
