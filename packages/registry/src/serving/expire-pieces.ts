import { type Database, deleteUnusedPieces, every, type OnError } from '@dsapi/db'

const everyMs = 3_600_000
/** An addition that takes longer stores its pieces again. */
const keptMs = 86_400_000

/** Deletes the pieces of files, a day after they were stored, that no version has: what additions that were cut have left.
 * Gives what ends it. */
export const expirePieces = (db: Database, onError: OnError): (() => Promise<void>) => {
  const loop = every(everyMs, () => deleteUnusedPieces(db, Date.now() - keptMs), onError)
  loop.wake()
  return loop.stop
}
