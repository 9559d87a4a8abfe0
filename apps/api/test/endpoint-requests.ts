import { createHash } from 'node:crypto'
import { logisticRegressionRuntime, textArtifact } from '@dsapi/inference'
import { type StoredModel, toStoredModel } from '@dsapi/registry'
import type { AppDeps } from '../src/app-deps.ts'
import type { Access, Endpoint } from '../src/endpoints/endpoint.ts'
import { fitted } from './running-api.ts'

/** A request for an endpoint, as its first example has it. `{id}` stands for something that a key may have made. */
export type EndpointRequest = {
  readonly method: string
  readonly path: string
  readonly type?: string
  readonly body?: string
  readonly access: Access
}

const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** A model as `runApi` serves one. */
export const storedModel = (): StoredModel => {
  const model = fitted(['feature_a', 'feature_b'])
  const json = JSON.stringify(model)
  return toStoredModel({
    ...{ name: 'default', version: 1, createdAt: 0, options: {} },
    sha256: createHash('sha256').update(json).digest('hex'),
    artifact: textArtifact(json),
    model: logisticRegressionRuntime(model),
  })
}

/** A request for each endpoint of a list. */
export const requestsOf = (
  endpoints: readonly Endpoint[],
  stored: StoredModel = storedModel(),
): readonly EndpointRequest[] =>
  endpoints.map(({ method, path, access, describe }) => {
    const { template = path.replaceAll(/:(\w+)/g, '{$1}'), examples } = describe(stored)
    const [{ parameters = {}, body }] = examples
    const filled = template.replaceAll(/\{(\w+)\}/g, (variable, name) =>
      name === 'id' ? variable : written(parameters[name]),
    )
    return {
      method: method.toUpperCase(),
      path: filled,
      access,
      ...(body && { type: body.type, body: written(body.value) }),
    }
  })

/** For apps to which no request is sent, so that nothing is asked of what their endpoints depend on. */
export const nothing = {
  keys: {},
  models: {},
  jobs: {},
  documents: {},
  limits: {},
  observe: {},
  life: {},
  corsOrigins: [],
} as unknown as AppDeps
