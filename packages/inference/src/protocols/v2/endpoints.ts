import { jsonAnswer } from '../json/json-answer.ts'
import type { ProtocolEndpoint } from '../protocol.ts'
import { writeModel, writeModelReady } from './describe-model.ts'
import { writeIndex, writeLive, writeNames, writeReady, writeServer } from './describe-server.ts'
import { readLoadVersion } from './read-load.ts'
import {
  binarySchema,
  indexSchema,
  inferAnswerSchema,
  inferRequestSchema,
  liveSchema,
  loadSchema,
  modelReadySchema,
  modelSchema,
  namesSchema,
  readySchema,
  serverSchema,
} from './schemas.ts'

const model = '/v2/models/{model}'
const version = `${model}/versions/{version}`

/** Each is there for the served version of a model, and for any version. */
const ofModel = (base: string, suffix: string, of: string): readonly ProtocolEndpoint[] => [
  {
    id: `v2Model${suffix}`,
    method: 'get',
    path: base,
    summary: `Describe ${of}`,
    description: 'The tensors that the model takes and answers; -1 stands for any number of rows.',
    answer: { 'application/json': modelSchema },
    does: 'model',
    write: writeModel,
  },
  {
    id: `v2ModelReady${suffix}`,
    method: 'get',
    path: `${base}/ready`,
    summary: `Readiness probe of ${of}`,
    answer: { 'application/json': modelReadySchema },
    does: 'model-health',
    write: writeModelReady,
  },
  {
    id: `v2Infer${suffix}`,
    method: 'post',
    path: `${base}/infer`,
    summary: `Predict tensors with ${of}`,
    description:
      'One tensor of the shape [N, F] has all features, whatever it is called; else each feature has a tensor of the shape [N] or [N, 1] under its own name. Tensors in binary form follow the JSON, whose length then stands in Inference-Header-Content-Length. The Content-Type is ignored.',
    body: { 'application/json': inferRequestSchema, 'application/octet-stream': binarySchema },
    answer: { 'application/json': inferAnswerSchema, 'application/octet-stream': binarySchema },
    does: 'predict',
  },
]

const probes: readonly ProtocolEndpoint[] = [
  {
    id: 'v2Live',
    method: 'get',
    path: '/v2/health/live',
    summary: 'Liveness probe of the protocol',
    answer: { 'application/json': liveSchema },
    does: 'health',
    write: writeLive,
  },
  {
    id: 'v2Ready',
    method: 'get',
    path: '/v2/health/ready',
    summary: 'Readiness probe of the protocol',
    answer: { 'application/json': readySchema },
    does: 'health',
    write: writeReady,
  },
]

const repository: readonly ProtocolEndpoint[] = [
  {
    id: 'v2Index',
    method: 'post',
    path: '/v2/repository/index',
    summary: 'List the models with their state',
    description:
      'A body is not needed. With `{"ready": true}`, only models that are ready are listed.',
    answer: { 'application/json': indexSchema },
    does: 'server',
    write: writeIndex,
  },
  {
    id: 'v2Load',
    method: 'post',
    path: '/v2/repository/models/{model}/load',
    summary: 'Load a model',
    description:
      'With `{"parameters": {"version": "3"}}`, this version of the model is served from now on, and the answer comes when it is. Without a version, what is served stays.',
    answer: { 'application/json': loadSchema },
    does: 'serve',
    version: readLoadVersion,
    write: ({ name }) => jsonAnswer({ name, load: true }),
  },
  {
    id: 'v2Unload',
    method: 'post',
    path: '/v2/repository/models/{model}/unload',
    summary: 'Unload a model',
    does: 'nothing',
    instead:
      'A model is not unloaded by a request. Remove its versions with dsapi model remove, or serve another one',
  },
]

/** All that the Open Inference Protocol has, and the repository of Triton. */
export const endpoints: readonly ProtocolEndpoint[] = [
  {
    id: 'v2Server',
    method: 'get',
    path: '/v2',
    summary: 'Describe the server',
    answer: { 'application/json': serverSchema },
    does: 'server',
    write: writeServer,
  },
  ...probes,
  {
    id: 'v2Models',
    method: 'get',
    path: '/v2/models',
    summary: 'List the names of the models',
    answer: { 'application/json': namesSchema },
    does: 'server',
    write: writeNames,
  },
  ...ofModel(model, '', 'a model'),
  ...ofModel(version, 'Version', 'a version of a model'),
  ...repository,
]
