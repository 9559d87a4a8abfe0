import type { ProtocolEndpoint } from '../protocol.ts'
import { writeAlive, writeModelStatus, writeNames, writeVersionStatus } from './describe.ts'
import {
  aliveSchema,
  namesSchema,
  predictAnswerSchema,
  predictRequestSchema,
  statusSchema,
} from './schemas.ts'

const model = '/v1/models/{model}'
const version = `${model}/versions/{version}`

const instead =
  'Models answer to :predict alone. The signature_name predict_proba asks for the probabilities of classes'

const nothing = (
  id: string,
  method: ProtocolEndpoint['method'],
  path: string,
  summary: string,
): ProtocolEndpoint => ({ id, method, path, summary, does: 'nothing', instead })

/** Each is there for the served version of a model, and for any version. */
const ofModel = (base: string, suffix: string, of: string): readonly ProtocolEndpoint[] => [
  {
    id: `v1Predict${suffix}`,
    method: 'post',
    path: `${base}:predict`,
    summary: `Predict instances with ${of}`,
    description:
      '`instances` has rows: arrays in the order of the features, or objects by their names. `inputs` has rows, or an object of columns. `signature_name` chooses between `predict` and `predict_proba`. The Content-Type is ignored.',
    body: { 'application/json': predictRequestSchema },
    answer: { 'application/json': predictAnswerSchema },
    does: 'predict',
  },
  nothing(`v1Explain${suffix}`, 'post', `${base}:explain`, `Explain a prediction of ${of}`),
  nothing(`v1Classify${suffix}`, 'post', `${base}:classify`, `Classify examples with ${of}`),
  nothing(`v1Regress${suffix}`, 'post', `${base}:regress`, `Regress examples with ${of}`),
  nothing(`v1Metadata${suffix}`, 'get', `${base}/metadata`, `Describe the signatures of ${of}`),
]

/** All that KServe V1 and TensorFlow Serving have. */
export const endpoints: readonly ProtocolEndpoint[] = [
  {
    id: 'v1Alive',
    method: 'get',
    path: '/',
    summary: 'Liveness probe of KServe V1',
    answer: { 'application/json': aliveSchema },
    does: 'health',
    write: writeAlive,
  },
  {
    id: 'v1Models',
    method: 'get',
    path: '/v1/models',
    summary: 'List the names of the models',
    answer: { 'application/json': namesSchema },
    does: 'server',
    write: writeNames,
  },
  {
    id: 'v1Model',
    method: 'get',
    path: model,
    summary: 'State of a model and of its versions',
    answer: { 'application/json': statusSchema },
    does: 'model',
    write: writeModelStatus,
  },
  {
    id: 'v1ModelVersion',
    method: 'get',
    path: version,
    summary: 'State of a version of a model',
    answer: { 'application/json': statusSchema },
    does: 'model',
    write: writeVersionStatus,
  },
  ...ofModel(model, '', 'a model'),
  ...ofModel(version, 'Version', 'a version of a model'),
  nothing(
    'v1PredictLabel',
    'post',
    `${model}/labels/{label}:predict`,
    'Predict instances with a labelled version of a model',
  ),
]
