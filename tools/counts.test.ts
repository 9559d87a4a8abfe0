import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@dsapi/testing'
import { expect, test } from 'vitest'
import { addUp, readCounts } from './counts.ts'

const repository = async (results: Record<string, object | undefined>) => {
  const root = await temporaryFolder()
  for (const [name, result] of Object.entries(results)) {
    const folder = join(root, 'packages', name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name }))
    writeFileSync(join(folder, 'some.test.ts'), '')
    if (result) writeFileSync(join(folder, 'result.json'), JSON.stringify(result))
  }
  return addUp(readCounts(root, 'result.json'))
}

const result = (passed: number, failed: number, skipped: number, success = failed === 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: skipped,
  success,
})

test('the results of all packages are added up', async () => {
  const total = await repository({ a: result(3, 1, 0), b: result(2, 0, 4) })
  expect(total).toEqual({ passed: 5, failed: 1, skipped: 4 })
})

test('a package that crashed before it could report counts as one failure', async () => {
  const total = await repository({ a: result(3, 0, 0), b: undefined })
  expect(total).toEqual({ passed: 3, failed: 1, skipped: 0 })
})

test('a package in which a file could not be loaded counts as one failure', async () => {
  const total = await repository({ a: result(3, 0, 0, false) })
  expect(total).toEqual({ passed: 3, failed: 1, skipped: 0 })
})
