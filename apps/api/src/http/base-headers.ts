/**
 * Headers of every answer, for browsers: a browser must not guess the type of the content, load anything with it, show it
 * in a frame, or send its address to other sites (OWASP, REST Security Cheat Sheet, "Security headers").
 */
export const baseHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const
