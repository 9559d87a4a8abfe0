import { compareInputs, findTraining } from '@dsapi/registry'
import type { Context } from 'hono'
import type { AppDeps } from '../../app-deps.ts'
import type { Env } from '../../http/env.ts'
import { parseQuery } from '../../http/parse-query.ts'
import { unknownModel } from '../../models/model-access.ts'
import { type Description, jsonOf } from '../../openapi/operation.ts'
import { queryParameters } from '../../openapi/parameters.ts'
import type { Endpoint } from '../endpoint.ts'
import { neverCached } from '../keys/never-cached.ts'
import { describeDrift, describeNoTraining, describeTooFew } from './describe-drift.ts'
import { driftQuery } from './drift-schemas.ts'
import { rememberResults } from './remember-results.ts'

const remembered = { keepMs: 60_000, mostWaiting: 8, now: Date.now }

const handle = ({ db, models }: AppDeps) => {
  const remember = rememberResults<object>(remembered)
  return neverCached(async (context: Context<Env>): Promise<Response> => {
    const { model, days, limit } = parseQuery(driftQuery, context.req.query())
    const { served } = await models.access.find(context.get('key'), model)
    const key = JSON.stringify([served.id, days, limit])
    const answer = await remember(key, async () => {
      const training = await findTraining(db, served)
      if (training === undefined) return describeNoTraining(served)
      const found = await compareInputs(db, served, training, { now: Date.now(), days, limit })
      const isLogging = models.recordPredictions !== undefined
      return 'features' in found
        ? describeDrift(served, found)
        : describeTooFew(served, found, { days, isLogging })
    })
    return context.json(answer)
  })
}

const describe = (): Description => ({
  tag: 'Models',
  summary: 'Compare recent predictions with the training data',
  description:
    'Compares the features of logged predictions with the data that the served version was fitted to, in shares: no row is returned. It requires a server that runs with `DSAPI_PREDICTION_LOG=on`. An answer is kept for 60 seconds. `dsapi model drift` compares with other training data.',
  parameters: queryParameters(driftQuery),
  answers: {
    200: {
      description: 'The comparison, or why there is none',
      headers: ['Cache-Control'],
      content: jsonOf('Drift'),
    },
  },
  errors: [
    {
      code: 'invalid_query',
      message: 'Invalid query',
      detail: [{ field: 'days', message: 'Too small: expected number to be >=1' }],
      parameters: { days: 0 },
    },
    {
      code: 'not_found',
      name: 'unknown_model',
      message: unknownModel('unknown').message,
      parameters: { model: 'unknown' },
    },
    'unavailable',
    'internal',
  ],
  examples: [{ name: 'last_week', parameters: { days: 7 }, status: 200 }],
})

/** `GET /drift`. */
export const getDrift: Endpoint = {
  id: 'getDrift',
  method: 'get',
  path: '/drift',
  access: 'admin',
  handle,
  describe,
}
