import type { ProtocolEndpoint } from '../protocol.ts'
import { csvSchema, invocationsSchema, predictionsSchema } from './schemas.ts'
import { writeModelHealth, writeServerHealth, writeVersion } from './write-health.ts'

const base = '/models/{model}'

/** Each is there for the model `default`, and for any model by its name. */
const invocations = (path: string, suffix: string, of: string): ProtocolEndpoint => ({
  id: `mlflowInvocations${suffix}`,
  method: 'post',
  path,
  summary: `Predict a table with ${of}`,
  description:
    'JSON has one of `dataframe_split`, `dataframe_records`, `instances` and `inputs`, and perhaps `params`, of which `predict_method` may be `predict_proba`. CSV has a header. Columns that are no features are ignored.',
  body: { 'application/json': invocationsSchema, 'text/csv': csvSchema },
  answer: { 'application/json': predictionsSchema },
  does: 'predict',
})

const version = (path: string, suffix: string): ProtocolEndpoint => ({
  id: `mlflowVersion${suffix}`,
  method: 'get',
  path,
  summary: 'Version of the server as text',
  does: 'server',
  write: writeVersion,
})

const serverHealth = (name: string): ProtocolEndpoint => ({
  id: `mlflow${name}`,
  method: 'get',
  path: `/${name.toLowerCase()}`,
  summary: 'Readiness probe of the server and of the model `default`',
  does: 'health',
  write: writeServerHealth,
})

const modelHealth = (name: string): ProtocolEndpoint => ({
  id: `mlflow${name}Model`,
  method: 'get',
  path: `${base}/${name.toLowerCase()}`,
  summary: 'Readiness probe of a model',
  does: 'model-health',
  write: writeModelHealth,
})

/** All that MLflow's scoring server has. */
export const endpoints: readonly ProtocolEndpoint[] = [
  invocations('/invocations', '', 'the model `default`'),
  invocations(`${base}/invocations`, 'Model', 'a model'),
  serverHealth('Ping'),
  serverHealth('Health'),
  modelHealth('Ping'),
  modelHealth('Health'),
  version('/version', ''),
  version(`${base}/version`, 'Model'),
]
