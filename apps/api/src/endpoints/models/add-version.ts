import { createHash } from 'node:crypto'
import { addVersion as add } from '@dsapi/registry'
import type { Context } from 'hono'
import { z } from 'zod'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseQuery } from '../../http/parse-query.ts'
import { nameIn } from '../../models/asked-versions.ts'
import { exampleFile } from '../../openapi/example-stored-model.ts'
import { type Description, json, jsonOf } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { withMemory } from '../jobs/with-memory.ts'
import { actorOf } from '../keys/key-request.ts'
import { exampleName } from './example-models.ts'
import { nameParameter, tag } from './model-answers.ts'
import { readUpload } from './read-upload.ts'

const query = z.object({
  serve: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Whether the version is served at once. The first version always is' }),
  options: z.string().max(1_000_000).optional().meta({
    description: 'What the file cannot say, as JSON, such as `{"features": ["a", "b"]}`',
  }),
})

/** Adds the file of the request as the newest version of a model. It streams: a file of any size takes no memory. */
const handle =
  ({ db, models: { host, maxModel, served: followed } }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const asked = parseQuery(query, context.req.query())
    const name = nameIn(context)
    const { content, options, samples } = await readUpload(context, asked.options)
    const added = await add(db, host, {
      ...{ name, content, options, samples, maxBytes: maxModel },
      ...{ serve: asked.serve === 'true', ...actorOf(context) },
    })
    await followed.takeUp(name)
    const { version, tag: model_version, sha256, format, isServed: served, warnings } = added
    context.header('location', `/models/${name}/versions/${version}`)
    return context.json({ name, version, model_version, sha256, format, served, warnings }, 201)
  }

const sha256 = createHash('sha256').update(JSON.stringify(exampleFile)).digest('hex')

const describe = (): Description => {
  const file = { type: json, value: exampleFile }
  const added = {
    ...{ name: exampleName, version: 4, model_version: `4-${sha256.slice(0, 8)}`, sha256 },
    ...{ format: 'dsapi-logistic-regression', served: false, warnings: [] },
  }
  const binary = { type: 'string', format: 'binary' }
  const parameters = { name: exampleName }
  return {
    tag,
    summary: 'Add a version of a model',
    description:
      'The body is the file of the model, or a form of the type multipart/form-data with the parts `options` and `samples`, which may be left out, and then `file`. The file is loaded before it is added, and must answer its samples. Python models are code, which is never uploaded: the operator adds them on the server.',
    parameters: [nameParameter, ...queryParameters(query)],
    body: {
      required: true,
      content: {
        'application/octet-stream': binary,
        [json]: {},
        'multipart/form-data': {
          type: 'object',
          properties: { options: { type: 'string' }, samples: { type: 'string' }, file: binary },
          required: ['file'],
        },
      },
    },
    answers: {
      201: {
        description: 'The version that was added',
        headers: ['Location'],
        content: jsonOf('AddedVersion'),
      },
    },
    errors: [
      {
        code: 'invalid_body',
        message: 'Invalid options',
        detail: [{ field: 'options', message: 'has unknown members' }],
        parameters: { ...parameters, options: '{"colour": "blue"}' },
        body: file,
      },
      {
        code: 'invalid_query',
        message: 'Invalid query',
        detail: [{ field: 'serve', message: 'Invalid option: expected one of "true"|"false"' }],
        parameters: { ...parameters, serve: 'perhaps' },
        body: file,
      },
      {
        code: 'body_too_large',
        message: 'The file has more than 1 bytes, which is the limit (DSAPI_MAX_MODEL)',
        parameters,
        body: file,
      },
      {
        code: 'model_refused',
        message: 'The file is empty',
        reason: 'not_a_model',
        parameters,
        body: { type: 'application/octet-stream', value: '' },
      },
      'request_timeout',
      'unavailable',
      'internal',
    ],
    examples: [
      {
        name: 'added',
        parameters,
        body: file,
        status: 201,
        answer: { type: json, value: added },
      },
    ],
  }
}

/** `POST /models/{name}/versions`. */
export const addVersion: Endpoint = {
  id: 'addModelVersion',
  method: 'post',
  path: '/models/:name/versions',
  access: 'admin',
  handle: (deps) => withMemory(deps.limits.memory, handle(deps)),
  describe,
}
