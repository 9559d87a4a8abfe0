import { exampleValue } from '../example-value.ts'
import type { Protocol } from '../protocol.ts'
import { endpoints } from './endpoints.ts'
import { readInvocations } from './read-invocations.ts'
import { errorSchema, writeError } from './write-error.ts'

/** The scoring server of MLflow from 2.0 on (https://mlflow.org/docs/latest/ml/deployment/deploy-model-locally). */
export const mlflow: Protocol = {
  name: 'mlflow',
  prefixes: [],
  endpoints,
  headers: ['content-type'],
  read: readInvocations,
  error: writeError,
  errorSchema,
  example: ({ info }) => ({
    dataframe_split: {
      columns: info.featureNames,
      data: [info.features.map(exampleValue)],
    },
  }),
}
