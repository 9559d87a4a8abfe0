import type { FieldProblem } from '@dsapi/inference'
import type { z } from 'zod'
import { invalidBody } from './errors.ts'

/**
 * Reads a body as what a schema asks for.
 *
 * @throws ApiError `invalid_body` that says what is wrong, field by field
 */
export const parseBody = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw invalidBody(problemsOf(parsed.error))
}

/** What a schema has found, field by field. */
export const problemsOf = ({ issues }: z.ZodError): FieldProblem[] =>
  issues.map(({ path, code, message }) => ({
    field: path.join('.'),
    // The names of unknown members are not repeated: a key may be among them.
    message: code === 'unrecognized_keys' ? 'has unknown members' : message,
  }))
