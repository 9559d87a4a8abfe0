import { keyIds } from '../../openapi/example-ids.ts'
import { type ErrorExample, jsonOf } from '../../openapi/operation.ts'
import { idParameter } from '../../openapi/parameters.ts'

export const unknownKey: ErrorExample = {
  code: 'not_found',
  message: 'There is no key with this id',
  parameters: { id: keyIds.unknown },
}

export const keyId = idParameter('The id of the key, which is not the key itself')
export const made = {
  description: 'The new key. It is shown only in this answer.',
  headers: ['Location', 'Cache-Control'],
  content: jsonOf('MadeKey'),
} as const
export const shown = {
  description: 'The key',
  headers: ['Cache-Control'],
  content: jsonOf('Key'),
} as const

export const tag = 'Keys'
