import { securitySchemes } from './components.ts'
import type {
  ExampleObject,
  MediaTypeObject,
  OperationObject,
  ParameterObject,
  ResponseObject,
} from './document.ts'
import { errorResponses, headerReferences } from './error-responses.ts'
import type { Answer, Example, Operation } from './operation.ts'

const withExamples = (examples: Readonly<Record<string, ExampleObject>>) =>
  Object.keys(examples).length > 0 && { examples }

const example = (summary: string | undefined, value: unknown): ExampleObject => ({
  ...(summary !== undefined && { summary }),
  value,
})

const parameterObjects = (operation: Operation): ParameterObject[] =>
  (operation.parameters ?? []).map((parameter) => {
    const given = operation.examples.filter(
      ({ parameters }) => parameters?.[parameter.name] !== undefined,
    )
    const examples = given.map(({ name, parameters }): [string, ExampleObject] => [
      name,
      { value: parameters?.[parameter.name] },
    ])
    return { ...parameter, ...withExamples(Object.fromEntries(examples)) }
  })

const requestBody = (operation: Operation) => {
  if (operation.body === undefined) return undefined
  const { required, content } = operation.body
  const withBodies = Object.entries(content).map(([type, schema]): [string, MediaTypeObject] => {
    const examples = operation.examples
      .filter(({ body }) => body?.type === type)
      .map(({ name, summary, body }): [string, ExampleObject] => [
        name,
        example(summary, body?.value),
      ])
    return [type, { schema, ...withExamples(Object.fromEntries(examples)) }]
  })
  return { required, content: Object.fromEntries(withBodies) }
}

const answerObject = (
  { description, headers = [], content }: Answer,
  examples: readonly Example[],
  hasLimits: boolean,
): ResponseObject => {
  const always = hasLimits
    ? (['X-Request-Id', 'RateLimit-Policy', 'RateLimit'] as const)
    : (['X-Request-Id'] as const)
  const bodies = Object.entries(content ?? {}).map(([type, schema]): [string, MediaTypeObject] => {
    const ofType = examples
      .filter(({ answer }) => answer?.type === type)
      .map(({ name, summary, answer }): [string, ExampleObject] => [
        name,
        example(summary, answer?.value),
      ])
    return [type, { schema, ...withExamples(Object.fromEntries(ofType)) }]
  })
  return {
    description,
    headers: headerReferences([...always, ...headers]),
    ...(content && { content: Object.fromEntries(bodies) }),
  }
}

const neededKey = (access: Operation['access']) => {
  if (access === 'no key') return undefined
  return access === 'any key'
    ? 'Requires a key with any scope.'
    : `Requires a key with the scope \`${access}\`.`
}

/** An operation as OpenAPI has it; the answers that it shares are put among the components. */
export const operationObject = (
  operation: Operation,
  components: Record<string, ResponseObject>,
): OperationObject => {
  const { id, summary, description, tag, access } = operation
  const needsKey = access !== 'no key'
  const answers = Object.entries(operation.answers).map(([status, answer]) => {
    const examples = operation.examples.filter((found) => found.status === Number(status))
    return [status, answerObject(answer, examples, needsKey)]
  })
  const parameters = parameterObjects(operation)
  const body = requestBody(operation)
  const full = [description, neededKey(access)].filter((text) => text !== undefined).join('\n\n')
  return {
    operationId: id,
    summary,
    ...(full !== '' && { description: full }),
    tags: [tag],
    security: needsKey ? Object.keys(securitySchemes).map((name) => ({ [name]: [] })) : [],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: { ...Object.fromEntries(answers), ...errorResponses(operation, components) },
  }
}
