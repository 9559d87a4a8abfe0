import type { Database } from '../schema.ts'
import { findEngineFaults } from './engine-faults.ts'
import type { Fault } from './fault.ts'
import { findRowFaults } from './row-faults.ts'

/**
 * Looks for what should not be in a database. It only reads, and processes may write meanwhile.
 *
 * @param limit how many names of each fault are returned
 */
export const checkDatabase = async (
  db: Database,
  { limit }: { readonly limit: number },
): Promise<readonly Fault[]> => [
  ...(await findEngineFaults(db, limit)),
  ...(await findRowFaults(db, limit)),
]
