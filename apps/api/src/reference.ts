// What the documentation is made of: the code's own lists, so that a page cannot say otherwise.

export { findManualFolder } from './docs/manual/manual-folder.ts'
export { renderMarkdown } from './docs/manual/render-markdown.ts'
export { statuses } from './http/errors.ts'
export { serverUrl } from './http/server-url.ts'
export { describeMetrics } from './metrics/describe-metrics.ts'
export { buildDocument } from './openapi/build-document.ts'
export {
  type JsonSchema,
  type OpenApiDocument,
  type OperationObject,
  operationsIn,
  resolve,
} from './openapi/document.ts'
export { errorExamples } from './openapi/error-examples.ts'
