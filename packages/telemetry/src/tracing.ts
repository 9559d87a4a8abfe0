/** The attributes of a span: names and values of OpenTelemetry's semantic conventions. */
export type Attributes = Readonly<Record<string, string | number>>

/** A span: a piece of work under way. */
export type Span = {
  /** The parent of spans that are a part of this one, in other processes too (W3C, Trace Context, section 3.2). */
  readonly traceparent: string
  /** @param error why it failed, if it did */
  readonly end: (name: string, attributes: Attributes, error?: string) => void
}

/** Reports spans to a collector: what was done, when, and as a part of what. */
export type Tracing = {
  /** @param traceparent the parent of the span, if it has one */
  readonly begin: (kind: 'server' | 'consumer', traceparent: string | undefined) => Span
  /** Sends what has not been sent. */
  readonly stop: () => Promise<void>
}

/** The id of the trace that a `traceparent` belongs to: 32 hex digits. */
export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  traceparent?.split('-')[1]
