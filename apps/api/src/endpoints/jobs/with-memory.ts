import type { Context } from 'hono'
import type { Env } from '../../http/env.ts'
import type { MemoryBudget } from '../../http/memory-budget.ts'

/** A batch and its result pass in chunks of about a megabyte, each in more than one form. */
const batchBytes = 4 * 2 ** 20

/** Holds memory for a request whose body or answer passes in chunks; all there is, where that is less. */
export const withMemory =
  (memory: MemoryBudget, handler: (context: Context<Env>) => Promise<Response>) =>
  (context: Context<Env>): Promise<Response> => {
    memory.take(context.env.outgoing, Math.min(batchBytes, memory.limitBytes))
    return handler(context)
  }
