import { z } from 'zod'

/** An instant in UTC; zod's own pattern for one is two hundred characters long. */
export const instant = z.string().meta({ format: 'date-time' })

export const uuid = z.string().meta({ format: 'uuid' })
