import { durationForm, parseDuration, trafficGroups } from '@dsapi/auth'
import { z } from 'zod'
import { instant } from '../../openapi/common-schemas.ts'

export const trafficQuery = z.object({
  window: z
    .string()
    .meta({ pattern: '^(?:[1-9]\\d{0,5}[sm]|[1-9]\\d{0,3}h|[1-9]\\d{0,2}d)$' })
    .default('1h')
    .transform((text, context): number => {
      const ms = parseDuration(text)
      if (ms !== undefined && ms <= longestMs) return ms
      const message = `must be ${ms === undefined ? durationForm : 'at most 3650d'}`
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    })
    .meta({ description: 'The span of time up to now, such as `15m`, `1h` or `7d`' }),
  by: z
    .enum(trafficGroups)
    .default('route')
    .meta({ description: 'What the groups of the report are' }),
  key: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'Only requests with this key, by its id' }),
  route: z.string().max(200).optional().meta({ description: 'Only requests of this route' }),
})

const longestMs = 3650 * 86_400_000

const milliseconds = z.number().min(0).nullable()
const counts = {
  requests: z.int().min(0),
  client_errors: z.int().min(0).meta({ description: 'Answered with a status from 400 to 499' }),
  rate_limited: z.int().min(0).meta({ description: 'Answered with 429, which are client errors' }),
  server_errors: z.int().min(0),
  p50_ms: milliseconds,
  p95_ms: milliseconds,
  p99_ms: milliseconds.meta({
    description:
      'The duration in milliseconds that 99 % of the requests did not exceed; 30000 stands for 30 seconds and more, `null` for no requests',
  }),
}

export const trafficSchemas = {
  Traffic: z.object({
    since: instant,
    step_seconds: z.int().min(60),
    total: z.object(counts),
    steps: z.array(z.object({ at: instant, ...counts })),
    by: z.enum(trafficGroups),
    groups: z
      .array(
        z.object({
          name: z.string().meta({
            description:
              'The id of a key, a route or a class of status. With keys, an empty text stands for requests without a valid key, and `other` for those of keys beyond the 200 series of a minute.',
          }),
          ...counts,
        }),
      )
      .meta({ description: 'The 50 with the most requests' }),
  }),
}
