// The part of OpenAPI 3.1 that is used here (https://spec.openapis.org/oas/v3.1.1).

/** JSON Schema 2020-12, or a reference to one among the components. */
export type JsonSchema = { readonly [keyword: string]: unknown }

export type Reference = { readonly $ref: string }

export type ExampleObject = {
  readonly summary?: string
  readonly value: unknown
  /** The request that an error is the answer to. It breaks its own schemas, so it is no example there. */
  readonly 'x-request'?: {
    readonly parameters?: Readonly<Record<string, unknown>>
    readonly body?: { readonly type: string; readonly value: unknown }
  }
}

type Examples = { readonly examples?: Readonly<Record<string, ExampleObject>> }

export type ParameterObject = Examples & {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description?: string
  readonly required?: boolean
  readonly schema: JsonSchema
}

export type MediaTypeObject = Examples & { readonly schema: JsonSchema }

type Content = Readonly<Record<string, MediaTypeObject>>

export type HeaderObject = { readonly description: string; readonly schema: JsonSchema }

export type ResponseObject = {
  readonly description: string
  readonly headers?: Readonly<Record<string, Reference>>
  readonly content?: Content
}

export type OperationObject = {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly tags: readonly string[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly ParameterObject[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const

export type Method = (typeof methods)[number]

export type PathItem = { readonly [method in Method]?: OperationObject }

export type OpenApiDocument = {
  readonly openapi: string
  readonly info: Readonly<Record<string, unknown>> & {
    readonly title: string
    readonly version: string
    readonly description: string
  }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly responses: Readonly<Record<string, ResponseObject>>
    readonly headers: Readonly<Record<string, HeaderObject>>
    readonly securitySchemes: Readonly<Record<string, JsonSchema>>
  }
}

/** Follows a reference to a component, if it is one. */
export const resolve = <T extends object>(document: OpenApiDocument, value: T | Reference): T => {
  if (!('$ref' in value)) return value
  let found: unknown = document
  // What is referred to is what the place of the reference asks for.
  for (const part of String(value.$ref).split('/').slice(1)) {
    found = (found as Record<string, unknown>)[part]
  }
  return found as T
}

/** All operations of a document, each with its path and method. */
export const operationsIn = ({ paths }: OpenApiDocument) =>
  Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ path, method, operation }]
    }),
  )
