import { describe, expect, test } from 'vitest'
import { describeSettings } from './describe-settings.ts'

describe('describeSettings', () => {
  test('lists each variable once, with what it is for and what is allowed', () => {
    const described = describeSettings()
    expect(new Set(described.map(({ variable }) => variable)).size).toBe(described.length)
    for (const { meaning, allowed } of described) {
      expect(meaning).toMatch(/^\S.*\.$/)
      expect(allowed).not.toBe('')
    }
  })

  test('gives defaults in the form in which they are written', () => {
    const fallbacks = Object.fromEntries(
      describeSettings().map(({ variable, fallback }) => [variable, fallback]),
    )
    expect(fallbacks).toMatchObject({
      PORT: '8000',
      DSAPI_MAX_BODY: '1MiB',
      REDIS_URL: undefined,
      DSAPI_CORS_ORIGINS: undefined,
      LOG_LEVEL: 'info',
    })
  })
})
