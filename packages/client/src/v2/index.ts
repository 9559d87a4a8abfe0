export { DsapiError } from '../dsapi-error.ts'
export {
  createV2Client,
  type ModelMetadata,
  type ServerMetadata,
  type TensorMetadata,
  type V2Client,
} from './create-v2-client.ts'
export type { InferAnswer } from './read-answer.ts'
export type { Datatype, NamedTensor, Tensor } from './tensor.ts'
export type { AskedOutput, InferRequest } from './write-request.ts'
