import type { StoredModel } from '@dsapi/registry'
import { z } from 'zod'
import { auditSchemas } from '../endpoints/audit/audit-schemas.ts'
import { driftSchemas } from '../endpoints/drift/drift-schemas.ts'
import { jobIdList, jobSchemas } from '../endpoints/jobs/job-schemas.ts'
import { keySchemas } from '../endpoints/keys/key-schemas.ts'
import { evaluationSchemas } from '../endpoints/models/evaluation-schemas.ts'
import { modelSchemas } from '../endpoints/models/model-schemas.ts'
import { healthSchemas } from '../endpoints/operating/health-schemas.ts'
import { trafficSchemas } from '../endpoints/operating/traffic-schemas.ts'
import { predictionSchemas } from '../endpoints/predict/prediction-schemas.ts'
import { webhookSchemas } from '../endpoints/webhooks/webhook-schemas.ts'
import type { JsonSchema, OpenApiDocument } from './document.ts'
import { errorSchemas } from './error-schemas.ts'
import { headers } from './headers.ts'

type Schemas = Readonly<Record<string, z.ZodType>>

/** As JSON Schema; what is part of another by name is a reference in it. */
const convert = (schemas: Schemas, io: 'input' | 'output') => {
  const registry = z.registry<{ readonly id: string }>()
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id })
  const uri = (id: string) => `#/components/schemas/${id}`
  const converted = z.toJSONSchema(registry, { io, uri }).schemas
  return Object.entries(converted).map(
    ([name, { $schema, $id, ...schema }]): [string, JsonSchema] => [name, schema],
  )
}

/** The schemas of all requests and answers, by name. */
export const componentSchemas = ({ model }: StoredModel): Readonly<Record<string, JsonSchema>> => {
  const predictions = predictionSchemas(model.info)
  const requests = {
    ...predictions.requests,
    ...modelSchemas.requests,
    ...keySchemas.requests,
    ...webhookSchemas.requests,
    JobIds: jobIdList,
  }
  const answers = {
    ...predictions.answers,
    ...jobSchemas(predictions.SlowResult),
    ...modelSchemas.answers,
    ...evaluationSchemas,
    ...driftSchemas,
    ...keySchemas.answers,
    ...webhookSchemas.answers,
    ...healthSchemas,
    ...auditSchemas.answers,
    ...trafficSchemas,
    ...errorSchemas,
  }
  return Object.fromEntries([...convert(requests, 'input'), ...convert(answers, 'output')])
}

/** The two ways in which a key may come. */
export const securitySchemes = {
  ApiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
  Bearer: { type: 'http', scheme: 'bearer' },
} as const satisfies OpenApiDocument['components']['securitySchemes']

export { headers }
