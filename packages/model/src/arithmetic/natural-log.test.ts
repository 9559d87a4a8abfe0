import { describe, expect, it } from 'vitest'
import reference from '../../test/reference/natural-log.json' with { type: 'json' }
import { naturalLog } from './natural-log.ts'

describe('naturalLog', () => {
  it("has the bits of glibc's", () => {
    for (const [x, expected] of reference.cases) expect(naturalLog(x)).toBe(expected)
  })
})
