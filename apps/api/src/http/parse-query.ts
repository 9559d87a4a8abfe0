import type { FieldProblem } from '@dsapi/inference'
import type { z } from 'zod'
import { ApiError } from './errors.ts'
import { problemsOf } from './parse-body.ts'

const invalidQuery = (detail: readonly FieldProblem[]) =>
  new ApiError('invalid_query', 'Invalid query', { detail })

/**
 * Reads a query as what a schema asks for.
 *
 * @throws ApiError `invalid_query` that says what is wrong, parameter by parameter
 */
export const parseQuery = <T>(schema: z.ZodType<T>, query: Readonly<Record<string, string>>): T => {
  const parsed = schema.safeParse(query)
  if (parsed.success) return parsed.data
  throw invalidQuery(problemsOf(parsed.error))
}

/** What a `cursor` that no answer has given is answered with. */
export const unknownCursor = (): ApiError =>
  invalidQuery([{ field: 'cursor', message: 'must be a next_cursor from an answer' }])
