import { z } from 'zod'
import { type ErrorCode, statuses } from '../../http/errors.ts'
import { errorExamples } from '../error-examples.ts'

const codes = Object.keys(statuses) as ErrorCode[]

const ErrorCodeSchema = z.enum(codes).meta({
  description: [
    'What went wrong, in a word that stays the same:',
    '',
    ...codes.map((code) => `- \`${code}\` (${statuses[code]}): ${errorExamples[code].when}`),
  ].join('\n'),
})

const FieldProblem = z
  .object({
    field: z.string().meta({ description: 'The member; empty for the whole' }),
    message: z.string(),
  })
  .meta({ description: 'What is wrong with one member of a request' })

const facts = { status: z.int().min(400).max(599), code: ErrorCodeSchema, request_id: z.string() }

const ErrorSchema = z
  .object({
    error: z.literal(true),
    message: z.string().meta({ description: 'For people; may change' }),
    ...facts,
    detail: z.array(FieldProblem).optional(),
  })
  .meta({ description: 'What every error is answered with' })

const Problem = z
  .object({
    type: z.string().meta({ description: '`urn:dsapi:error:` and the code' }),
    title: z.string(),
    ...facts,
    errors: z.array(FieldProblem).optional(),
  })
  .meta({
    description: 'The same for `Accept: application/problem+json` (RFC 9457)',
  })

export const errorSchemas = {
  ErrorCode: ErrorCodeSchema,
  FieldProblem,
  ApiError: ErrorSchema,
  Problem,
}
