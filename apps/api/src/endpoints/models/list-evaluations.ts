import { listEvaluations, type StoredEvaluation } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { requireVersion } from '../../models/require-version.ts'
import { type Description, jsonOf } from '../../openapi/operation.ts'
import type { Endpoint } from '../endpoint.ts'
import { exampleName } from './example-models.ts'
import {
  nameParameter,
  tag,
  unknownModelOf,
  unknownVersionOf,
  versionParameter,
} from './model-answers.ts'

const describeEvaluation = ({ id, createdAt, evaluation }: StoredEvaluation) => ({
  ...{ id, created_at: new Date(createdAt).toISOString() },
  ...evaluation,
})

const handle =
  ({ db }: AppDeps) =>
  async (context: Context<Env>): Promise<Response> => {
    const version = await requireVersion(db, context)
    const evaluations = await listEvaluations(db, version)
    return context.json({ evaluations: evaluations.map(describeEvaluation) })
  }

const describe = (): Description => ({
  tag,
  summary: 'List the evaluations of a version',
  description:
    'Returns how well a version answers rows whose answers are known: the evaluation that `dsapi model fit` stored, and those of `dsapi model evaluate --store`. There are scores, counts and shares, and no rows. The last ten are kept.',
  parameters: [nameParameter, versionParameter],
  answers: { 200: { description: 'The evaluations', content: jsonOf('Evaluations') } },
  errors: [
    unknownModelOf({ name: 'unknown', version: 1 }),
    unknownVersionOf({ name: exampleName, version: 9 }),
    'internal',
  ],
  examples: [{ name: 'default', parameters: { name: 'default', version: 1 }, status: 200 }],
})

/** `GET /models/{name}/versions/{version}/evaluations`. */
export const listModelEvaluations: Endpoint = {
  id: 'listModelEvaluations',
  method: 'get',
  path: '/models/:name/versions/:version/evaluations',
  access: 'any key',
  handle,
  describe,
}
