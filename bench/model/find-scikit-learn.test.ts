import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@dsapi/testing'
import { beforeAll, describe, expect, test } from 'vitest'
import { findScikitLearn, noScikitLearn } from './find-scikit-learn.ts'

let withIt: string
let withoutIt: string

beforeAll(async () => {
  const folder = await temporaryFolder()
  withIt = join(folder, 'python-with')
  withoutIt = join(folder, 'python-without')
  writeFileSync(withIt, '#!/bin/sh\necho 1.2.1\n', { mode: 0o700 })
  writeFileSync(withoutIt, '#!/bin/sh\nexit 1\n', { mode: 0o700 })
})

describe('the Python whose scikit-learn is measured', () => {
  test('is the first of the usual ones that can import it', () => {
    expect(findScikitLearn({}, [withoutIt, withIt])).toEqual({ python: withIt, version: '1.2.1' })
  })

  test('is the one that DSAPI_PYTHON names', () => {
    const environment = { DSAPI_PYTHON: withIt }
    expect(findScikitLearn(environment, [withoutIt])?.python).toBe(withIt)
  })

  test('is no other than that', () => {
    const environment = { DSAPI_PYTHON: withoutIt }
    expect(findScikitLearn(environment, [withIt])).toBeUndefined()
    expect(noScikitLearn(environment, [withIt])).toContain(withoutIt)
  })

  test('may be missing: the message names all that were tried, and the way out', () => {
    const usual = ['/nowhere/python3', withoutIt]
    expect(findScikitLearn({}, usual)).toBeUndefined()
    expect(noScikitLearn({}, usual)).toMatch(/nowhere\/python3 or .*python-without.*DSAPI_PYTHON/)
  })
})
