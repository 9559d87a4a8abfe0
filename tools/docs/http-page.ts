import {
  buildDocument,
  type JsonSchema,
  type OpenApiDocument,
  type OperationObject,
  operationsIn,
  resolve,
} from '@dsapi/api/reference'
import { exampleModel } from './example-model.ts'
import { code, codeBlock, sentence, table } from './markdown.ts'

type Found = ReturnType<typeof operationsIn>[number]

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null

const typeOf = ({ $ref, type, format, enum: values, items, anyOf, oneOf }: JsonSchema): string => {
  if (typeof $ref === 'string') return code($ref.split('/').at(-1) ?? '')
  if (Array.isArray(values)) return values.map((value) => code(String(value))).join(', ')
  if (type === 'array' && isSchema(items)) return `array of ${typeOf(items)}`
  const choices = [anyOf, oneOf].find(Array.isArray)
  if (choices !== undefined) return choices.filter(isSchema).map(typeOf).join(' or ')
  return String(format ?? type ?? 'any')
}

/** Where a key is needed, the description says which scope it must have. */
const keyOf = ({ security }: OperationObject) => security.length === 0 && 'No key is needed.'

const parametersOf = ({ parameters = [] }: OperationObject) =>
  parameters.length > 0 &&
  table(
    ['Parameter', 'In', 'Type', 'Meaning'],
    parameters.map(({ name, in: where, schema, description = '', required }) => [
      code(name) + (required ? ', required' : ''),
      where,
      typeOf(schema),
      description,
    ]),
  )

const bodyOf = ({ requestBody }: OperationObject) => {
  if (requestBody === undefined) return false
  const types = Object.entries(requestBody.content)
  const written = types.map(([type, { schema }]) => `${code(type)} (${typeOf(schema)})`)
  const [[type, { examples = {} }]] = types
  const [example] = Object.values(examples)
  const shown =
    typeof example?.value === 'string' ? example.value : JSON.stringify(example?.value, null, 2)
  return `Body: ${written.join(' or ')}.${
    example === undefined ? '' : `\n\n${codeBlock(type.includes('json') ? 'json' : 'text', shown)}`
  }`
}

const answersOf = (document: OpenApiDocument, { responses }: OperationObject) =>
  table(
    ['Answer', 'Meaning', 'Body'],
    Object.entries(responses).map(([status, response]) => {
      const { description, content = {} } = resolve(document, response)
      const bodies = Object.entries(content)
        .filter(([type]) => type !== 'application/problem+json')
        .map(([type, { schema }]) => `${code(type)}: ${typeOf(schema)}`)
      return [status, description, bodies.join(', ')]
    }),
  )

const describe =
  (document: OpenApiDocument) =>
  ({ method, path, operation }: Found): string =>
    [
      `### ${operation.summary}`,
      codeBlock('text', `${method.toUpperCase()} ${path}`),
      operation.description,
      keyOf(operation),
      parametersOf(operation),
      bodyOf(operation),
      answersOf(document, operation),
    ]
      .filter((part): part is string => typeof part === 'string' && part !== '')
      .join('\n\n')

type Properties = Readonly<Record<string, JsonSchema>>

/** The members of an object as a table; any other schema as JSON. */
const schemaBody = ({ properties, required, ...schema }: JsonSchema): string => {
  if (typeof properties !== 'object') return codeBlock('json', JSON.stringify(schema, null, 2))
  const names = Array.isArray(required) ? required : []
  return table(
    ['Member', 'Type', 'Always there', 'Meaning'],
    Object.entries(properties as Properties).map(([name, member]) => [
      code(name),
      typeOf(member),
      names.includes(name) ? 'yes' : 'no',
      String(member.description ?? ''),
    ]),
  )
}

const renderSchemas = ({ components }: OpenApiDocument) =>
  Object.entries(components.schemas)
    .map(([name, { description, ...schema }]) =>
      [
        `### ${name}`,
        typeof description === 'string' ? sentence(description) : '',
        schemaBody(schema),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    )
    .join('\n\n')

/** The HTTP reference, made of the OpenAPI document for the model that \`dsapi gendb\` makes. */
export const httpPage = (): string => {
  const document = buildDocument(exampleModel())
  const operations = operationsIn(document)
  return `# HTTP API

This page is made of the OpenAPI document of a server with the example model. A running server has its own at
\`/openapi.json\`, in the names of its model, and at \`/docs/api\` as a page on which requests can be sent.

${document.info.description}

${table(
  ['Request', 'Does'],
  operations.map(({ method, path, operation }) => [
    code(`${method.toUpperCase()} ${path}`),
    operation.summary,
  ]),
)}

${document.tags
  .map(({ name, description }) =>
    [
      `## ${name}`,
      sentence(description),
      ...operations
        .filter(({ operation }) => operation.tags.includes(name))
        .map(describe(document)),
    ].join('\n\n'),
  )
  .join('\n\n')}

## Schemas

A running server has them in full, as JSON Schema 2020-12, in its OpenAPI document.

${renderSchemas(document)}
`
}
