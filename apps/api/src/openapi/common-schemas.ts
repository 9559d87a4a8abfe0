import { z } from 'zod'

/** An instant in UTC; zod's own pattern for one is two hundred characters long. */
export const instant = z.string().meta({ format: 'date-time' })

const instantForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i

/** An instant that a client writes, read as milliseconds since 1970 (UTC). */
export const instantText = z
  .string()
  .meta({ format: 'date-time' })
  .transform((text, context): number => {
    const read = instantForm.test(text) ? Date.parse(text) : Number.NaN
    if (!Number.isNaN(read)) return read
    const message = 'must be an instant such as 2026-11-23T21:33:14Z'
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })

export const uuid = z.string().meta({ format: 'uuid' })

/** The parameters of a list that comes in pages. */
export const pageQuery = (usualLimit: number) => ({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(usualLimit)
    .meta({ description: 'The largest number of entries on a page' }),
  cursor: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'The `next_cursor` of the previous page' }),
})

export const nextCursor = z
  .string()
  .optional()
  .meta({ description: 'The cursor of the next page. It is absent on the last page.' })
