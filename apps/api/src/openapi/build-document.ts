import type { StoredModel } from '@dsapi/registry'
import type { Endpoint } from '../endpoints/endpoint.ts'
import { endpoints } from '../endpoints/list.ts'
import { apiVersion } from './api-version.ts'
import { componentSchemas, headers, securitySchemes } from './components.ts'
import type { OpenApiDocument, OperationObject, ResponseObject } from './document.ts'
import type { Operation } from './operation.ts'
import { operationObject } from './operation-object.ts'
import { tags } from './tags.ts'

const description = `A trained model behind an HTTP API.

Send your key in \`X-API-Key\` or as \`Authorization: Bearer …\`. The key is checked before anything else. Without a
valid key every path answers 401, except health, metrics and the documentation.

Every error has the form of the schema \`ApiError\`, or that of the protocol whose path was asked for, and its \`code\` never changes its meaning. A method that a path does
not have is answered 405, with the others in \`Allow\`. Where there is a GET, there is also a HEAD.`

const info = {
  title: 'dsapi',
  version: apiVersion,
  description,
  license: { name: 'MIT', identifier: 'MIT' },
}

const operationOf = (endpoint: Endpoint, stored: StoredModel): Operation => {
  const { id, method, path, access, protocol } = endpoint
  const { template = path.replaceAll(/:(\w+)/g, '{$1}'), ...description } =
    endpoint.describe(stored)
  return { ...description, id, method, access, protocol, path: template }
}

/** Makes the OpenAPI document of the api as it is while it serves a model. */
export const buildDocument = (
  stored: StoredModel,
  listed: readonly Endpoint[] = endpoints,
): OpenApiDocument => {
  const paths: Record<string, Record<string, OperationObject>> = {}
  const responses: Record<string, ResponseObject> = {}
  for (const operation of listed.map((endpoint) => operationOf(endpoint, stored))) {
    const { path, method } = operation
    paths[path] = { ...paths[path], [method]: operationObject(operation, responses) }
  }
  return {
    openapi: '3.1.1',
    info,
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, text]) => ({ name, description: text })),
    paths,
    components: { schemas: componentSchemas(stored), responses, headers, securitySchemes },
  }
}

/** The document of the model that is served now; made once for each. */
export const documentOf = (describedModel: () => StoredModel): (() => OpenApiDocument) => {
  let made: { readonly tag: string; readonly document: OpenApiDocument } | undefined
  return () => {
    const stored = describedModel()
    if (made?.tag !== stored.tag) made = { tag: stored.tag, document: buildDocument(stored) }
    return made.document
  }
}
