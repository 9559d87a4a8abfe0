import { ApiError } from './errors.ts'

/** The methods of a path that has a GET are those, and HEAD. */
export const withHead = (methods: readonly string[]): string[] =>
  methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))

/** 405 with `Allow` (RFC 9110, section 15.5.6), for a path that exists. */
export const methodNotAllowed = (methods: readonly string[]): ApiError => {
  const allow = methods.join(', ')
  const message = `This path does not have this method. Use ${allow}`
  return new ApiError('method_not_allowed', message, { headers: { allow } })
}
