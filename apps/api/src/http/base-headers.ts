/**
 * What every answer says to browsers: to take it for what it is called, to load nothing with it, to show it
 * in no frame, to tell nobody where it came from (OWASP, REST Security Cheat Sheet, "Security headers").
 */
export const baseHeaders = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const
