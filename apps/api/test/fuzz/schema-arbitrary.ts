import fc, { type Arbitrary } from 'fast-check'
import {
  type JsonSchema,
  type OpenApiDocument,
  type Reference,
  resolve,
} from '../../src/openapi/document.ts'

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const schemas = (value: unknown): JsonSchema[] =>
  Array.isArray(value) ? value.filter(isSchema) : []

/** `9e999` looks like a number, and is too large for one. */
const isTooLarge = (text: string) => Math.abs(Number(text)) === Number.POSITIVE_INFINITY

const text = ({
  pattern,
  format,
  minLength = 0,
  maxLength = 50,
}: JsonSchema): Arbitrary<string> => {
  if (format === 'uuid') return fc.uuid()
  if (format === 'uri') return fc.webUrl({ validSchemes: ['https'] })
  if (format === 'date-time')
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((date) => date.toISOString())
  if (typeof pattern !== 'string') return fc.string()
  const isRight = (value: string) =>
    value.trim().length >= Number(minLength) &&
    value.length <= Number(maxLength) &&
    !isTooLarge(value)
  return fc.stringMatching(new RegExp(pattern, 'u'), { size: 'small' }).filter(isRight)
}

const number = ({ type, minimum, maximum }: JsonSchema): Arbitrary<number> => {
  const min = typeof minimum === 'number' && { min: minimum }
  const max = typeof maximum === 'number' && { max: maximum }
  if (type === 'integer') return fc.integer({ ...min, ...max })
  return fc.double({ noNaN: true, noDefaultInfinity: true, ...min, ...max })
}

/** Draws what a schema allows. */
export const arbitraryOf = (document: OpenApiDocument, schema: JsonSchema): Arbitrary<unknown> => {
  const draw = (inner: JsonSchema) => arbitraryOf(document, inner)
  if (typeof schema.$ref === 'string') {
    return draw(resolve<JsonSchema>(document, schema as Reference))
  }
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schemas(schema.anyOf).map(draw))
  switch (schema.type) {
    case 'string':
      return text(schema)
    case 'integer':
    case 'number':
      return number(schema)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const { minItems = 0, maxItems = 10 } = schema
      const length = { minLength: Number(minItems), maxLength: Number(maxItems) }
      return fc.array(isSchema(schema.items) ? draw(schema.items) : fc.anything(), length)
    }
    case 'object': {
      const properties = Object.entries(schema.properties as Record<string, JsonSchema>)
      const drawn = Object.fromEntries(properties.map(([name, inner]) => [name, draw(inner)]))
      const requiredKeys = Array.isArray(schema.required) ? schema.required : []
      return fc.record(drawn, { requiredKeys })
    }
    default:
      throw new Error(`Nothing is known to draw for ${JSON.stringify(schema)}`)
  }
}
