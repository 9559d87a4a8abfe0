import { z } from 'zod'

/** The longest text that may be a key (`@dsapi/auth`). */
const longestKey = 256

/** What a browser signs in with: a key, or a code that `dsapi console` has printed. */
export const signIn = z.union([
  z.strictObject({ key: z.string().min(1).max(longestKey) }),
  z.strictObject({ code: z.string().min(1).max(longestKey) }),
])
