import type { Protocol, ProtocolEndpoint, ServerState, Written } from '@dsapi/inference'
import { modelNamePattern, type StoredModel } from '@dsapi/registry'
import { unknownCoding } from '../../http/read-encoded-body.ts'
import { apiVersion } from '../../openapi/api-version.ts'
import type { ParameterObject } from '../../openapi/document.ts'
import { type Answer, type Description, type Example, json } from '../../openapi/operation.ts'
import { answerNow, jsonOfWritten, problemNow } from './answer-now.ts'
import { modelState, noModel } from './find-model.ts'

type Parts = Pick<Description, 'answers' | 'errors' | 'examples'>

const jsonAnswer = (value: unknown) => ({ type: json, value })

/** No example shows what is no JSON. */
const answerOf = (written: Written) => {
  const value = jsonOfWritten(written)
  return value === undefined ? {} : { answer: jsonAnswer(value) }
}

const notEncoded = {
  code: 'unsupported_media_type',
  message: unknownCoding,
} as const

/** Describes an endpoint of a protocol; its examples are what the protocol writes. */
export const describeEndpoint = (
  protocol: Protocol,
  endpoint: ProtocolEndpoint,
  stored: StoredModel,
): Description => {
  const { path, summary, description, body } = endpoint
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path' as const,
    required: true,
    ...pathParameters[name],
  }))
  return {
    tag: 'Protocols',
    template: path,
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { body: { required: true, content: body } }),
    ...partsOf(protocol, endpoint, stored),
  }
}

const pathParameters: Readonly<Record<string, Pick<ParameterObject, 'description' | 'schema'>>> = {
  model: {
    description: 'The name of the model',
    schema: { type: 'string', pattern: modelNamePattern },
  },
  version: {
    description: 'The number of the version',
    schema: { type: 'integer', minimum: 1 },
  },
  label: {
    description: 'A name of a version',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]+$' },
  },
}

const partsOf = (protocol: Protocol, endpoint: ProtocolEndpoint, stored: StoredModel): Parts => {
  const state = modelState(stored, [String(stored.version)])
  const server: ServerState = { version: apiVersion, ready: true, models: [state] }
  const given = { model: state.name, version: stored.version, label: 'stable' }
  const parameters = Object.fromEntries(
    Object.entries(given).filter(([name]) => endpoint.path.includes(`{${name}}`)),
  )
  const answered = (written: Written): Parts => ({
    answers: { 200: answerWith(endpoint, 'The answer of the protocol') },
    errors: endpoint.path.includes('{model}')
      ? [unknownModel(parameters, endpoint.does === 'model-health' ? undefined : [state.name])]
      : [],
    examples: [{ ...usual(parameters), ...answerOf(written) }],
  })
  switch (endpoint.does) {
    case 'predict': {
      const body = jsonAnswer(protocol.example(state))
      const answer = answerNow(protocol, stored, body.value)
      const wrong = { ...problemNow(protocol, state, {}), parameters, body: jsonAnswer({}) }
      return {
        answers: {
          200: { ...answerWith(endpoint, 'The predictions'), headers: ['X-Model-Version'] },
        },
        errors: [
          { code: 'invalid_body', ...wrong },
          ...(endpoint.path.includes('{model}')
            ? [{ ...unknownModel(parameters, [state.name]), body }]
            : []),
          'body_too_large',
          'request_timeout',
          notEncoded,
          'model_failed',
          'deadline_exceeded',
          'unavailable',
        ],
        examples: [
          {
            ...usual(parameters),
            body,
            answer: jsonAnswer(answer),
          },
        ],
      }
    }
    case 'server':
      return answered(endpoint.write(server, { body: new Uint8Array(0), headers: {} }))
    case 'health':
      return healthParts(
        endpoint,
        endpoint.write(server),
        endpoint.write({ ...server, ready: false }),
      )
    case 'model':
    case 'model-health':
    case 'serve':
      return answered(endpoint.write(state))
    case 'nothing':
      return {
        answers: {},
        errors: [{ code: 'not_implemented', message: endpoint.instead, parameters }],
        examples: [{ name: 'any', status: 501, parameters }],
      }
  }
}

const usual = (parameters: Readonly<Record<string, unknown>>): Example => ({
  name: 'usual',
  parameters,
  status: 200,
})

const answerWith = ({ answer }: ProtocolEndpoint, description: string): Answer => ({
  description,
  ...(answer && { content: answer }),
})

const unknownModel = (
  parameters: Readonly<Record<string, unknown>>,
  names: readonly string[] | undefined,
) => {
  const { message } = noModel('unknown', names)
  return { code: 'not_found', message, parameters: { ...parameters, model: 'unknown' } } as const
}

/** A probe that also answers 503 shows how. */
const healthParts = (endpoint: ProtocolEndpoint, ready: Written, unready: Written): Parts => {
  const example = { ...usual({}), ...answerOf(ready) }
  const answers = { 200: answerWith(endpoint, 'It is') }
  if (unready.status !== 503) return { answers, errors: ['invalid_request'], examples: [example] }
  return {
    answers: {
      ...answers,
      503: answerWith(endpoint, 'It is not, and should be asked again later'),
    },
    errors: ['invalid_request'],
    examples: [example, { name: 'unavailable', status: 503, ...answerOf(unready) }],
  }
}
