import type { JsonSchema } from '../../src/openapi/document.ts'

/** What has the names, the types or the answers of one model in the document, for any model. */
const ofAnyModel: Readonly<Record<string, string>> = {
  Class: 'number | string',
  Features: 'Readonly<Record<string, number | string | boolean | null | undefined>>',
  Instances:
    '{ readonly instances: readonly (Features | readonly (number | string | boolean | null)[])[] }',
  Prediction:
    '{ readonly class: Class; readonly class_probabilities: readonly number[] } | { readonly value: number } | { readonly values: Readonly<Record<string, number>> }',
  SlowPrediction:
    '{ readonly class: Class } | { readonly value: number } | { readonly values: Readonly<Record<string, number>> }',
  SlowResult: 'Prediction & { readonly model_version: string }',
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const comment = ({ description }: JsonSchema) =>
  description === undefined ? '' : `/** ${String(description).replaceAll('\n', '\n * ')} */\n`

const members = ({ properties, required }: JsonSchema) => {
  const names = listOf(required)
  return Object.entries(properties as Readonly<Record<string, JsonSchema>>).map(
    ([name, schema]) =>
      `${comment(schema)}readonly ${name}${names.includes(name) ? '' : '?'}: ${typeOf(schema)}\n`,
  )
}

const union = (types: readonly string[]) => [...new Set(types)].join(' | ')

/** Writes a schema as a type of TypeScript; throws at a keyword that no schema here has had so far. */
const typeOf = (schema: JsonSchema): string => {
  const { $ref, anyOf, type, items, additionalProperties } = schema
  if (typeof $ref === 'string') return $ref.split('/').at(-1) ?? ''
  if ('const' in schema) return JSON.stringify(schema.const)
  if (schema.enum) return union(listOf(schema.enum).map((value) => JSON.stringify(value)))
  if (anyOf) return union(listOf(anyOf).filter(isSchema).map(typeOf))
  if (Array.isArray(type)) return union(type.map((one) => typeOf({ ...schema, type: one })))
  if (type === 'integer') return 'number'
  if (type === 'array' && isSchema(items)) return `readonly (${typeOf(items)})[]`
  if (type === 'object' && schema.properties) return `{\n${members(schema).join('')} }`
  if (type === 'object' && isSchema(additionalProperties))
    return 'Readonly<Record<string, unknown>>'
  if (['string', 'number', 'boolean', 'null'].includes(String(type))) return String(type)
  throw new Error(`No type is known for ${JSON.stringify(schema)}`)
}

/** All component schemas of a document as a module of types. */
export const schemaTypes = (schemas: Readonly<Record<string, JsonSchema>>): string => {
  const types = Object.entries(schemas).map(
    ([name, schema]) =>
      `${comment(schema)}export type ${name} = ${ofAnyModel[name] ?? typeOf(schema)}`,
  )
  const head =
    '// Made of the OpenAPI document by a test of apps/api, client/schemas.test.ts; `vitest run -u` writes it anew.'
  return [head, ...types].join('\n\n')
}
