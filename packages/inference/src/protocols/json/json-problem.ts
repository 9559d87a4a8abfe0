import { JsonDepthError, JsonSyntaxError } from '../dsapi-json/scan-json.ts'
import { NotUtf8Error } from './json-span.ts'
import { Wrong } from './wrong.ts'

/** Ends the walk through a body. It never leaves this protocol. */
export class Stopped extends Error {
  readonly wrong: Wrong

  constructor(wrong: Wrong) {
    super(wrong.text)
    this.wrong = wrong
  }
}

/** What is wrong with a body, by what was thrown while it was read. @throws any other error */
export const jsonProblem = (error: unknown): Wrong => {
  if (error instanceof Stopped) return error.wrong
  if (error instanceof NotUtf8Error) return Wrong.of('The body is not UTF-8')
  if (error instanceof JsonDepthError) {
    return Wrong.of('The body is nested more than 100 levels deep')
  }
  if (error instanceof JsonSyntaxError) {
    return Wrong.of('The body is not JSON: it ends early, or a value in it is not valid JSON')
  }
  throw error
}
