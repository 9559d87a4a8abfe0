import type { UpdateResult } from 'kysely'

/** Runs an update, and says whether there was a row that it was meant for. */
export const wasChanged = async (update: {
  readonly executeTakeFirstOrThrow: () => Promise<UpdateResult>
}): Promise<boolean> => (await update.executeTakeFirstOrThrow()).numUpdatedRows > 0n
