import {
  type MediaTypeObject,
  type Method,
  type OpenApiDocument,
  type OperationObject,
  operationsIn,
  type ResponseObject,
  resolve,
} from '../../src/openapi/document.ts'

/** One example of the document: what is asked, and what it says will be answered. */
export type CollectedExample = {
  readonly name: string
  readonly operation: OperationObject
  readonly method: Method
  readonly path: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly body: { readonly type: string; readonly value: unknown } | undefined
  readonly status: number
  readonly response: ResponseObject
  /** The type of the answer; undefined for one without a body. */
  readonly type: string | undefined
  readonly media: MediaTypeObject | undefined
  /** The answer; undefined where the document shows none. */
  readonly answer: unknown
}

type Request = Pick<CollectedExample, 'parameters' | 'body'>

const named = (operation: OperationObject, name: string): Request => ({
  parameters: Object.fromEntries(
    (operation.parameters ?? [])
      .filter(({ examples }) => examples?.[name] !== undefined)
      .map((parameter) => [parameter.name, parameter.examples?.[name]?.value]),
  ),
  body: Object.entries(operation.requestBody?.content ?? {})
    .filter(([, { examples }]) => examples?.[name] !== undefined)
    .map(([type, { examples }]) => ({ type, value: examples?.[name]?.value }))
    .at(0),
})

const requestNames = ({ parameters = [], requestBody }: OperationObject): string[] => {
  const places = [...Object.values(requestBody?.content ?? {}), ...parameters]
  return [...new Set(places.flatMap(({ examples = {} }) => Object.keys(examples)))]
}

type Place = Pick<CollectedExample, 'operation' | 'method' | 'path' | 'status' | 'response'>

const shownOf = (place: Place): CollectedExample[] => {
  const { operation, response, status } = place
  // For errors that come whatever is asked.
  const anyRequest = named(operation, requestNames(operation)[0])
  return Object.entries(response.content ?? {}).flatMap(([type, media]) =>
    Object.entries(media.examples ?? {}).map(([name, { value: answer, 'x-request': asked }]) => {
      const request = asked && { parameters: {}, body: undefined, ...asked }
      const requestOfError = request ?? anyRequest
      return {
        ...place,
        ...(status < 400 ? named(operation, name) : requestOfError),
        name,
        type,
        media,
        answer,
      }
    }),
  )
}

/** Answers without a body are those to the requests that no answer with one is shown for. */
const silentOf = (place: Place, answered: readonly string[]): CollectedExample[] =>
  place.response.content !== undefined
    ? []
    : namesOfRequests(place)
        .filter((name) => !answered.includes(name))
        .map((name) => {
          const nothing = { type: undefined, media: undefined, answer: undefined }
          return { ...place, ...nothing, ...named(place.operation, name), name }
        })

/** A probe has one request, and needs nothing for it. */
const namesOfRequests = ({ operation, status }: Place) => {
  const names = requestNames(operation)
  return names.length > 0 ? names : [status === 503 ? 'unavailable' : 'usual']
}

const unshownOf = (place: Place): CollectedExample[] => {
  const content = Object.entries(place.response.content ?? {})
  // A document has no binary examples. Where an answer may be JSON or binary, binary is asked for in a binary request.
  const isAsked = (type: string) => content.length === 1 || type !== 'application/octet-stream'
  return content
    .filter(([type, { examples }]) => examples === undefined && isAsked(type))
    .map(([type, media]) => {
      const request = named(place.operation, requestNames(place.operation)[0])
      return { ...place, ...request, answer: undefined, name: 'not shown', type, media }
    })
}

/** All examples of a document, and each answer that it shows no example of. */
export const collectExamples = (document: OpenApiDocument): CollectedExample[] =>
  operationsIn(document).flatMap(({ path, method, operation }) => {
    const places = Object.entries(operation.responses).map(
      ([status, response]): Place => ({
        ...{ operation, method, path },
        status: Number(status),
        response: resolve(document, response),
      }),
    )
    const shown = places.flatMap(shownOf)
    const answered = shown.map(({ name }) => name)
    const silent = places.flatMap((place) => silentOf(place, answered))
    return [...shown, ...silent, ...places.flatMap(unshownOf)]
  })
