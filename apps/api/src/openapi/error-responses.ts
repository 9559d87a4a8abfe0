import type { Protocol } from '@dsapi/inference'
import { ApiError, type ErrorCode, errorBody, problemBody, statuses } from '../http/errors.ts'
import type { ExampleObject, Reference, ResponseObject } from './document.ts'
import { errorExamples } from './error-examples.ts'
import type { HeaderName } from './headers.ts'
import { type ErrorExample, json, type Operation, schemaNamed } from './operation.ts'

const requestId = 'c69f4f44-ecf1-4bc7-8eaf-c78329ac075e'

const challenge: readonly HeaderName[] = ['WWW-Authenticate']
const retry: readonly HeaderName[] = ['Retry-After']

/** The headers that come with an error. */
const headersOf: { readonly [code in ErrorCode]?: readonly HeaderName[] } = {
  missing_api_key: challenge,
  invalid_api_key: challenge,
  forbidden: challenge,
  rate_limited: retry,
  not_ready: retry,
  queue_full: retry,
  too_many_jobs: retry,
  unavailable: retry,
}

/** What any request that needs a key may be answered with. */
const ofKeys: readonly ErrorCode[] = [
  'missing_api_key',
  'invalid_api_key',
  'forbidden',
  'rate_limited',
]

type Named = ErrorExample & { readonly name: string }

const named = (error: ErrorCode | ErrorExample): Named =>
  typeof error === 'string'
    ? { code: error, name: error, ...errorExamples[error] }
    : { ...error, name: error.name ?? error.code }

const pascal = (code: string) => code.replace(/(?:^|_)(\w)/g, (_, first) => first.toUpperCase())

export const headerReferences = (names: readonly HeaderName[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

const requestOf = ({ parameters, body }: Named) =>
  (parameters || body) && {
    'x-request': { ...(parameters && { parameters }), ...(body && { body }) },
  }

type Body = (error: ApiError, requestId: string) => unknown

const examplesOf = (errors: readonly Named[], body: Body) =>
  Object.fromEntries(
    errors.map((example): [string, ExampleObject] => {
      const { code, name, message, detail, reason } = example
      const value = body(
        new ApiError(code, message, { ...(detail && { detail }), ...(reason && { reason }) }),
        requestId,
      )
      return [name, { summary: errorExamples[code].when, value, ...requestOf(example) }]
    }),
  )

/** What no request could be made of asks for no form of its answer. */
const isUnread = ({ code }: Named) => code === 'invalid_request'

/** Errors in the form of a protocol. */
const contentOf = (errors: readonly Named[], { error, errorSchema }: Protocol) => {
  const body = (apiError: ApiError, id: string) => {
    const { code, message, facts } = apiError
    const written = error({
      status: statuses[code],
      code,
      message,
      detail: facts.detail,
      requestId: id,
    })
    return JSON.parse(new TextDecoder().decode(written.body))
  }
  return { [json]: { schema: errorSchema, examples: examplesOf(errors, body) } }
}

const responseOf = (errors: readonly Named[], protocol: Protocol | undefined): ResponseObject => {
  const codes = [...new Set(errors.map(({ code }) => code))]
  const headers = new Set(codes.flatMap((code) => headersOf[code] ?? []))
  const read = errors.filter((error) => !isUnread(error))
  const problem = { schema: schemaNamed('Problem'), examples: examplesOf(read, problemBody) }
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    headers: headerReferences(['X-Request-Id', ...headers]),
    content: protocol
      ? contentOf(errors, protocol)
      : {
          [json]: { schema: schemaNamed('ApiError'), examples: examplesOf(errors, errorBody) },
          ...(read.length > 0 && { 'application/problem+json': problem }),
        },
  }
}

/** All errors of an operation, those among them that it shares with others too. */
const errorsOf = ({ access, errors }: Operation): readonly (ErrorCode | ErrorExample)[] =>
  access === 'no key'
    ? errors
    : [...ofKeys.filter((code) => access !== 'any key' || code !== 'forbidden'), ...errors]

/**
 * The answers for an operation's errors, by status. One that is made of shared errors alone is put among the
 * components, where all operations find it.
 */
export const errorResponses = (
  operation: Operation,
  components: Record<string, ResponseObject>,
): Record<string, ResponseObject | Reference> => {
  const all = errorsOf(operation)
  const codeOf = (error: ErrorCode | ErrorExample) =>
    typeof error === 'string' ? error : error.code
  const byStatus = Object.groupBy(all, (error) => statuses[codeOf(error)])
  const responses: Record<string, ResponseObject | Reference> = {}
  for (const [status, errors] of Object.entries(byStatus)) {
    const response = responseOf(errors.map(named), operation.protocol)
    if (errors.every((error) => typeof error === 'string')) {
      const name =
        (operation.protocol ? pascal(operation.protocol.name) : '') + errors.map(pascal).join('Or')
      components[name] = response
      responses[status] = { $ref: `#/components/responses/${name}` }
    } else responses[status] = response
  }
  return responses
}
