import { z } from 'zod'
import { uuid } from './common-schemas.ts'
import type { JsonSchema, ParameterObject } from './document.ts'

export type Parameter = Omit<ParameterObject, 'examples'>

const schemaOf = (schema: z.ZodType): JsonSchema => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' })
  return rest
}

/** The members of a query, one parameter each. */
export const queryParameters = (query: z.ZodObject): Parameter[] =>
  Object.entries(query.shape).map(([name, schema]) => {
    const { description, ...rest } = schemaOf(schema as z.ZodType)
    return { name, in: 'query', description: String(description), schema: rest }
  })

export const idParameter = (description: string): Parameter => ({
  name: 'id',
  in: 'path',
  description,
  required: true,
  schema: schemaOf(uuid),
})

export const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'A name that the client gives this request. Requests with the same name and body make one job. Another body with the same name is answered 422.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x20-\\x7e]+$' },
}

export const prefer: Parameter = {
  name: 'Prefer',
  in: 'header',
  description:
    '`wait=10` waits up to 10 seconds for the result. The longest wait is 60 seconds (RFC 7240).',
  schema: { type: 'string' },
}
