import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A new empty folder, which is removed after the test. Outside of a test it is left to the system. */
export const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'dsapi-test-'))
  try {
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
  } catch {
    // It was called from a hook that belongs to no test.
  }
  return folder
}
