import type { FieldProblem } from '@dsapi/client'

/** Why a request failed, in the words of the server. */
export class Problem extends Error {
  readonly status: number
  /** The server's code, or `unreachable` if no answer came. */
  readonly code: string
  readonly detail: readonly FieldProblem[]
  readonly requestId: string | undefined
  /** When to try again, in milliseconds. */
  readonly retryAfterMs: number | undefined

  constructor(
    message: string,
    facts: {
      readonly status: number
      readonly code: string
      readonly detail?: readonly FieldProblem[]
      readonly requestId?: string | undefined
      readonly retryAfterMs?: number | undefined
    },
  ) {
    super(message)
    this.status = facts.status
    this.code = facts.code
    this.detail = facts.detail ?? []
    this.requestId = facts.requestId
    this.retryAfterMs = facts.retryAfterMs
  }
}

export const unreachable = (): Problem =>
  new Problem('The server cannot be reached.', { status: 0, code: 'unreachable' })

/** What a failed call threw, as a problem to show. */
export const problemOf = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(error instanceof Error ? error.message : String(error), {
        ...{ status: 0, code: 'unexpected' },
      })

type ErrorBody = {
  readonly message?: string
  readonly code?: string
  readonly detail?: readonly FieldProblem[]
  readonly request_id?: string
}

const parse = (text: string): ErrorBody => {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}

/** The problem that an answer describes. A proxy may answer with something else than JSON. */
export const readProblem = (
  status: number,
  header: (name: string) => string | null,
  text: string,
): Problem => {
  const body = parse(text)
  const seconds = Number(header('retry-after'))
  return new Problem(body.message ?? `The server answered with status ${status}.`, {
    ...{ status, code: body.code ?? 'unexpected' },
    ...(Array.isArray(body.detail) && { detail: body.detail }),
    requestId: body.request_id ?? header('x-request-id') ?? undefined,
    retryAfterMs: seconds > 0 ? seconds * 1000 : undefined,
  })
}
