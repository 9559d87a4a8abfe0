export { createLogger, type Logger } from './logger.ts'
export { createRequestLog, type RequestLine } from './request-log.ts'
