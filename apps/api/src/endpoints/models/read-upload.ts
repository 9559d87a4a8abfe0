import type { ModelOptions } from '@dsapi/inference'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Env } from '../../http/env.ts'
import { ApiError } from '../../http/errors.ts'
import { problemsOf } from '../../http/parse-body.ts'
import { requirePlainBody } from '../../http/plain-body.ts'
import { readChunks } from '../../http/read-chunks.ts'
import { parseJson } from '../../http/read-json.ts'
import { readMultipart } from '../../http/read-multipart.ts'

/** A file of a model as it comes, with what came before it. */
export type Upload = {
  readonly content: AsyncIterable<Uint8Array>
  readonly options: ModelOptions
  readonly samples: string | undefined
}

/** As long as samples may be. */
const maxFieldBytes = 8 * 2 ** 20

const texts = z.array(z.string().min(1).max(1000)).min(1).max(100_000)

const optionsSchema: z.ZodType<ModelOptions> = z.strictObject({
  features: texts.exactOptional(),
  rename: z.record(z.string(), z.string()).exactOptional(),
  classes: z
    .array(z.union([z.number(), z.string()]))
    .min(1)
    .exactOptional(),
  output: z.enum(['probabilities', 'margin']).exactOptional(),
  missing: z.enum(['nan', 'zero']).exactOptional(),
  trees: z.enum(['best', 'all']).exactOptional(),
  outputName: z.string().min(1).max(1000).exactOptional(),
})

/**
 * Reads the request that brings a file: the file is the body, or the last part of a form. Nothing of the file is read yet.
 *
 * @param optionsText the options in the query
 * @throws ApiError `invalid_body`, `unsupported_media_type`; so does reading the content
 */
export const readUpload = async (
  context: Context<Env>,
  optionsText: string | undefined,
): Promise<Upload> => {
  requirePlainBody(context.env.incoming.headers)
  const { body } = context.req.raw
  const contentType = context.req.header('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    return { content: readChunks(body), options: optionsOf(optionsText), samples: undefined }
  }
  const form = { contentType, fileName: 'file', maxFieldBytes }
  const { fields, file } = await readMultipart(body, form)
  const unknown = [...fields.keys()].some((name) => name !== 'options' && name !== 'samples')
  if (unknown) {
    throw new ApiError(
      'invalid_body',
      'The body may have the parts options, samples and file alone',
    )
  }
  const options = optionsOf(fields.get('options') ?? optionsText)
  return { content: file, options, samples: fields.get('samples') }
}

const optionsOf = (text: string | undefined): ModelOptions => {
  if (text === undefined) return {}
  const parsed = optionsSchema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const detail = problemsOf(parsed.error).map(({ field, message }) => ({
    field: field === '' ? 'options' : `options.${field}`,
    message,
  }))
  throw new ApiError('invalid_body', 'Invalid options', { detail })
}
