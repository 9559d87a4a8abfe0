import { z } from 'zod'
import { type ErrorCode, statuses } from '../http/errors.ts'
import { errorExamples } from './error-examples.ts'

const codes = Object.keys(statuses) as ErrorCode[]

const ErrorCodeSchema = z.enum(codes).meta({
  description: [
    'The kind of the error. The codes are stable:',
    '',
    ...codes.map((code) => `- \`${code}\` (${statuses[code]}): ${errorExamples[code].when}`),
  ].join('\n'),
})

const FieldProblem = z
  .object({
    field: z
      .string()
      .meta({ description: 'The name of the field, or an empty text for the whole input' }),
    message: z.string(),
  })
  .meta({ description: 'What is wrong with one field of a request' })

const facts = {
  status: z.int().min(400).max(599),
  code: ErrorCodeSchema,
  reason: z
    .enum(['not_a_model', 'unreadable', 'missing_engine', 'wrong_samples', 'code'])
    .optional()
    .meta({ description: 'Why a file was refused as a model' }),
  request_id: z.string(),
}

const ErrorSchema = z
  .object({
    error: z.literal(true),
    message: z
      .string()
      .meta({ description: 'A message for people. It may change between versions.' }),
    ...facts,
    detail: z.array(FieldProblem).optional(),
  })
  .meta({ description: 'The body of every error' })

const Problem = z
  .object({
    type: z.string().meta({ description: '`urn:dsapi:error:` followed by the code' }),
    title: z.string(),
    ...facts,
    errors: z.array(FieldProblem).optional(),
  })
  .meta({
    description: 'The body of every error for `Accept: application/problem+json` (RFC 9457)',
  })

export const errorSchemas = {
  ErrorCode: ErrorCodeSchema,
  FieldProblem,
  ApiError: ErrorSchema,
  Problem,
}
