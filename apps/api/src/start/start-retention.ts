import { startRetention } from '@dsapi/retention'
import type { StartContext } from './start-context.ts'

/** Deletes what is older than the settings say. */
export const startApiRetention = ({ config, logger, db, onError, stack }: StartContext): void => {
  const stop = startRetention(db, {
    days: config,
    onDeleted: (kind, rows) => logger.info({ kind, rows }, 'Expired data deleted'),
    onError,
  })
  stack.defer(stop)
}
