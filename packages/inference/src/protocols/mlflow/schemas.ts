import type { JsonSchema } from '../json-schema.ts'

const any: JsonSchema = {}
const array: JsonSchema = { type: 'array' }

/** It has one of the four forms. */
export const invocationsSchema: JsonSchema = {
  type: 'object',
  properties: {
    dataframe_split: {
      type: 'object',
      properties: { columns: array, index: array, data: array },
      required: ['data'],
    },
    dataframe_records: { type: 'array', items: { type: 'object' } },
    instances: array,
    inputs: { type: ['array', 'object'] },
    params: { type: 'object' },
  },
}

export const csvSchema: JsonSchema = {
  type: 'string',
  description: 'A header with the names of the features, and the rows',
}

export const predictionsSchema: JsonSchema = {
  type: 'object',
  properties: { predictions: { type: 'array', items: any } },
  required: ['predictions'],
}
