import { ApiError } from './errors.ts'

/** The handler for all other methods on a path: 405 with `Allow` (RFC 9110, section 15.5.6). */
export const onlyMethods = (allow: string) => (): never => {
  throw new ApiError('method_not_allowed', `Method not allowed here: use ${allow}`, {
    headers: { allow },
  })
}
