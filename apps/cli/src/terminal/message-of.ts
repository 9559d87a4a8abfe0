import { secretsIn } from '@dsapi/config'
import { formatError, hideSecrets } from '@dsapi/telemetry'

/** Removes the secrets that are in the settings and in the command's options. */
const hide = (text: string) => hideSecrets(secretsIn(process.env, process.argv))(text)

/** An error's message for a person. */
export const messageOf = (error: unknown): string =>
  hide(error instanceof Error ? error.message : String(error))

/** The message of an unexpected error, with its stack trace and its causes. */
export const traceOf = (error: unknown): string => formatError(error, hide)
