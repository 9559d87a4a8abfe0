import { z } from 'zod'

export const healthSchemas = {
  Alive: z.object({ status: z.literal('ok') }),
  Ready: z.object({
    status: z.enum(['ready', 'degraded', 'unavailable', 'stopping']),
    checks: z.object({
      database: z.enum(['ok', 'unusable']),
      model: z.enum(['ok', 'missing', 'unknown']),
      redis: z.enum(['unused', 'ok', 'away']),
    }),
  }),
}
