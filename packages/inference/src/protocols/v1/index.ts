import { exampleValue } from '../example-value.ts'
import { textErrorSchema, writeTextError } from '../json/text-error.ts'
import type { Protocol } from '../protocol.ts'
import { endpoints } from './endpoints.ts'
import { readPredict } from './read-predict.ts'

/**
 * The first protocol of KServe (https://kserve.github.io/website/docs/concepts/architecture/data-plane/v1-protocol) and the
 * one of TensorFlow Serving (`tensorflow_serving/g3doc/api_rest.md`), which have the same paths.
 */
export const v1: Protocol = {
  name: 'v1',
  prefixes: ['/v1'],
  endpoints,
  headers: [],
  read: readPredict,
  error: writeTextError,
  errorSchema: textErrorSchema,
  example: ({ info }) => ({ instances: [info.features.map(exampleValue)] }),
}
