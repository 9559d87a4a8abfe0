import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { waitFor } from '@dsapi/testing'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Packs all published packages and installs them into an empty folder, as a user does.
 *
 * @returns the tarballs
 */
export const installPublished = async (folder: string): Promise<string[]> => {
  await run('pnpm', ['--silent', 'tarballs', folder], { cwd: root })
  const tarballs = globSync(join(folder, '*.tgz'))
  const quick = ['--no-audit', '--no-fund', '--prefer-offline', '--no-update-notifier']
  await run('npm', ['install', ...quick, ...tarballs], { cwd: folder })
  return tarballs
}

/** Runs `dsapi start` of the packages that are installed in a folder, and collects its output. */
export const startInstalled = (folder: string) => {
  const env = { PATH: process.env.PATH, PORT: '0', DSAPI_SLOW_SECONDS: '0.1' }
  const dsapi = spawn(join(folder, 'node_modules/.bin/dsapi'), ['start'], { cwd: folder, env })
  let said = ''
  for (const stream of [dsapi.stdout, dsapi.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text
    })
  }
  const closed = once(dsapi, 'close')
  return {
    /** Waits for a match, and returns the first group of each. */
    says: async (pattern: RegExp): Promise<string[]> => {
      const found = () => [...said.matchAll(pattern)].map((match) => match[1])
      await waitFor(() => found().length > 0 || dsapi.exitCode !== null)
      if (found().length === 0) throw new Error(`dsapi did not say ${pattern}:\n${said}`)
      return found()
    },
    /** Sends SIGTERM. Returns the exit code. */
    stop: async (): Promise<number> => {
      dsapi.kill('SIGTERM')
      const [code] = await closed
      return code
    },
  }
}
