export { type Attributes, type Span, startTracing, type Tracing } from './tracing.ts'
