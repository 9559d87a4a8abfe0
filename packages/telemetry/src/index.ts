export { formatError } from './describe-error.ts'
export { holdsKey, withoutKeys } from './keys-in-text.ts'
export { createLogger, type Logger } from './logger.ts'
export { createRequestLog, type RequestLine } from './request-log.ts'
export {
  type Attributes,
  type Span,
  startTracing,
  type Tracing,
  traceIdOf,
} from './tracing.ts'
export { hideSecrets, withoutCredentials } from './without-secrets.ts'
