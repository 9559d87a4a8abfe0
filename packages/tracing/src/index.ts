export {
  type Attributes,
  type Span,
  startTracing,
  type Tracing,
  traceIdOf,
} from './tracing.ts'
