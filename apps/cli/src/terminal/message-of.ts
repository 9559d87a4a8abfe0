import { secretsIn } from '@dsapi/config'
import { formatError, hideSecrets } from '@dsapi/telemetry'

/** What is printed of an error holds none of the secrets that the settings or the command's options name. */
const hide = (text: string) => hideSecrets(secretsIn(process.env, process.argv))(text)

/** An error's message for a person. */
export const messageOf = (error: unknown): string =>
  hide(error instanceof Error ? error.message : String(error))

/** An error that is a fault of ours: with its trace and all that caused it. */
export const traceOf = (error: unknown): string => formatError(error, hide)
