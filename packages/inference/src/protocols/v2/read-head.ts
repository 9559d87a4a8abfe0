import { isRecord } from '../../is-record.ts'
import {
  endOfValue,
  JsonSyntaxError,
  skipSpace,
  walkArray,
  walkObject,
} from '../dsapi-json/scan-json.ts'
import { Stopped } from '../json/json-problem.ts'
import { parseSpan, type Span } from '../json/json-span.ts'
import { Wrong } from '../json/wrong.ts'

/** The members of an object as they are, by name: nothing of them is checked. */
export type Members = ReadonlyMap<string, unknown>

/** An input without its numbers: `data` is left where it stands, since it may be large. */
export type InputHead = { readonly members: Members; readonly data: Span | undefined }

/** The JSON of a request, without the numbers of its inputs. */
export type RequestHead = {
  readonly members: Members
  /** Undefined where they are missing. */
  readonly inputs: readonly InputHead[] | undefined
}

/** What is no `data` has no use for more. */
const longestMember = 2 ** 20
/** More than features that a model has. */
const mostInputs = 2 ** 16

/**
 * Reads the JSON of a request, without the numbers of its inputs.
 *
 * @param isWhole whether it is all of the body, so that no tensor can follow it
 * @throws what `jsonProblem` knows
 */
export const readHead = (json: Uint8Array, isWhole: boolean): RequestHead => {
  const members = new Map<string, unknown>()
  let inputs: InputHead[] | undefined
  const readInputs = (at: number) => {
    if (json[at] !== openArray) return stop(new Wrong('inputs', 'must be an array'))
    const found: InputHead[] = []
    inputs = found
    return walkArray(json, at, (start, end) => {
      if (found.length === mostInputs)
        stop(new Wrong('inputs', `has more than ${mostInputs} inputs`))
      found.push(readInput(json.subarray(0, end), `inputs[${found.length}]`, start))
      return true
    })
  }
  try {
    walkMembers(json, startOf(json), (name, start) => {
      if (name === 'inputs') return readInputs(start)
      const end = endOfValue(json, start)
      members.set(name, parseMember(json, name, { start, end }))
      return end
    })
  } catch (error) {
    // The bytes of a tensor follow the JSON.
    if (isWhole && error instanceof JsonSyntaxError && inputs?.some(isBinary)) stop(noLength)
    throw error
  }
  return { members, inputs }
}

const openArray = 0x5b
const openObject = 0x7b

const startOf = (json: Uint8Array) => {
  const start = skipSpace(json, 0)
  if (json[start] === openObject) return start
  if (start === json.length) return stop(Wrong.of('The body is empty, which is not JSON'))
  parseMember(json, 'body', { start, end: json.length })
  return stop(Wrong.of('The body must be a JSON object that has "inputs"'))
}

const readInput = (json: Uint8Array, field: string, at: number): InputHead => {
  if (json[at] !== openObject) return stop(new Wrong(field, 'must be an object'))
  const members = new Map<string, unknown>()
  let data: Span | undefined
  walkMembers(json, at, (name, start) => {
    const end = endOfValue(json, start)
    if (name !== 'data') members.set(name, parseMember(json, `${field}.${name}`, { start, end }))
    else if (json[start] === openArray) data = { start, end }
    else stop(new Wrong(`${field}.data`, 'must be an array'))
    return end
  })
  return { members, data }
}

const walkMembers = (
  json: Uint8Array,
  at: number,
  visit: (name: string, start: number) => number | undefined,
) =>
  walkObject(json, at, (nameStart, nameEnd, start) =>
    visit(String(parseMember(json, 'name', { start: nameStart, end: nameEnd })), start),
  )

const parseMember = (json: Uint8Array, field: string, span: Span) =>
  span.end - span.start > longestMember
    ? stop(new Wrong(field, 'is longer than 1 MiB'))
    : parseSpan(json, span)

/** What is wrong where a tensor follows the JSON, and nothing says where. */
export const noLength: Wrong = Wrong.of(
  'An input has "binary_data_size", so the request must have the header Inference-Header-Content-Length, with the length of the JSON in bytes',
)

const isBinary = ({ members }: InputHead) => {
  const parameters = members.get('parameters')
  return isRecord(parameters) && parameters.binary_data_size !== undefined
}

const stop = (wrong: Wrong): never => {
  throw new Stopped(wrong)
}
