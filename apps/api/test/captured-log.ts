import { createLogger, type Logger } from '@dsapi/telemetry'

type Line = Readonly<Record<string, unknown>> & { readonly msg: string }

/** A logger of the api whose lines are kept instead of written. */
export const capturedLog = (): { readonly logger: Logger; readonly lines: () => Line[] } => {
  const logger = createLogger('info', 'test')
  let text = ''
  const stream = Object.getOwnPropertySymbols(logger).find(
    ({ description }) => description === 'pino.stream',
  )
  if (stream === undefined) throw new Error('pino keeps its stream elsewhere')
  const write = (line: string) => {
    text += line
  }
  Object.defineProperty(logger, stream, { value: { write, flushSync: () => {} } })
  const lines = () => text.split('\n').filter(Boolean)
  return { logger, lines: () => lines().map((line) => JSON.parse(line)) }
}
