import type { Scope } from '@dsapi/auth'
import type { FieldProblem, Protocol } from '@dsapi/inference'
import type { RefusalCode } from '@dsapi/registry'
import type { ErrorCode } from '../http/errors.ts'
import type { JsonSchema, Method, ParameterObject } from './document.ts'
import type { HeaderName } from './headers.ts'
import type { TagName } from './tags.ts'

/** A request: the values of parameters by their names, and a body. */
export type ExampleRequest = {
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly body?: { readonly type: string; readonly value: unknown }
}

/** A request and what it is answered with; a test sends each of them to a running server. */
export type Example = ExampleRequest & {
  readonly name: string
  readonly summary?: string
  readonly status: number
  /** Left out for an answer without a body, or one that no example can show. */
  readonly answer?: { readonly type: string; readonly value: unknown }
}

/** An error that an operation has words or a request of its own for. */
export type ErrorExample = ExampleRequest & {
  readonly code: ErrorCode
  /** Where there are several with this code. */
  readonly name?: string
  readonly message: string
  readonly detail?: readonly FieldProblem[]
  /** Why a file is no model. */
  readonly reason?: RefusalCode
}

type Content = Readonly<Record<string, JsonSchema>>

export type Answer = {
  readonly description: string
  readonly headers?: readonly HeaderName[]
  readonly content?: Content
}

/** What the document says of an endpoint besides its method, its path and its scope. */
export type Description = {
  readonly tag: TagName
  /** The path, where it is not that of the router with `{id}` for `:id`. */
  readonly template?: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly Omit<ParameterObject, 'examples'>[]
  readonly body?: { readonly required: boolean; readonly content: Content }
  readonly answers: Readonly<Record<number, Answer>>
  /** A code alone stands for an error that is the same in all operations. */
  readonly errors: readonly (ErrorCode | ErrorExample)[]
  readonly examples: readonly Example[]
}

/** One method of one path, as data: the document is made of these. */
export type Operation = Description & {
  readonly id: string
  readonly method: Method
  readonly path: string
  readonly access: Scope | 'any key' | 'no key'
  /** Whose form its errors have, if it is not ours. */
  readonly protocol?: Protocol | undefined
}

export const json = 'application/json'

/** A schema among the components. */
export const schemaNamed = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

/** An answer, or a body, in JSON. */
export const jsonOf = (name: string): Content => ({ [json]: schemaNamed(name) })
