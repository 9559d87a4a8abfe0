import { longestKey } from '@dsapi/auth'
import { z } from 'zod'

/** What a browser signs in with: a key, or a code that `dsapi console` has printed. */
export const signIn = z.union([
  z.strictObject({ key: z.string().min(1).max(longestKey) }),
  z.strictObject({ code: z.string().min(1).max(longestKey) }),
])
