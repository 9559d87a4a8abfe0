import { z } from 'zod'

export const healthSchemas = {
  Alive: z.object({ status: z.literal('ok') }),
  Ready: z.object({
    status: z.enum(['ready', 'degraded', 'unavailable', 'stopping']),
    checks: z.object({
      database: z.enum(['ok', 'unusable']),
      model: z.enum(['ok', 'missing', 'down', 'unknown']).meta({
        description: '`down`: the model `default` or, without one, each model cannot compute',
      }),
      redis: z.enum(['unused', 'ok', 'away']),
      models_down: z
        .array(z.string())
        .optional()
        .meta({ description: 'The models that cannot compute now' }),
      model_problems: z
        .array(
          z.object({
            model: z.string(),
            version: z.int(),
            served_instead: z.int().nullable().meta({
              description: 'The version that answers in its place, if there is one',
            }),
          }),
        )
        .optional()
        .meta({ description: 'The versions that should answer and cannot be served' }),
    }),
  }),
}
