import type { Config } from '@dsapi/config'
import type { Database } from '@dsapi/db'
import type { Logger } from '@dsapi/telemetry'

/** What each part of the API is started with. */
export type StartContext = {
  readonly config: Config
  readonly logger: Logger
  readonly db: Database
  /** Receives what goes wrong in the background. */
  readonly onError: (error: unknown) => void
  /** Where a part leaves how it is stopped: the newest part is stopped first. */
  readonly stack: AsyncDisposableStack
}
