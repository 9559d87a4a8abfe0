import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'
import type { JsonSchema, OpenApiDocument } from '../../src/openapi/document.ts'

/** Makes what holds values to the document's schemas, and fails with what is wrong. */
export const createValidate = (document: OpenApiDocument) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'document', components: document.components })
  return (schema: JsonSchema, value: unknown, what: string) => {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"document#/components')
    const validate = ajv.compile(JSON.parse(text))
    validate(value)
    expect(validate.errors ?? [], what).toEqual([])
  }
}

export type Validate = ReturnType<typeof createValidate>
