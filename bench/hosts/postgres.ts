import { execFileSync } from 'node:child_process'
import { appendFileSync, chownSync, globSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Program } from './host.ts'
import { subnet } from './network.ts'

/** Where Debian puts a program of the newest PostgreSQL. It is in no PATH. */
export const postgresProgram = (name: string): string | undefined =>
  globSync(`/usr/lib/postgresql/*/bin/${name}`)
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1)

/** The user that Debian's package makes, as the server refuses to run as root. */
const user = 'postgres'
const asUser = ['--reuid', user, '--regid', user, '--clear-groups']
const idOf = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, user], { encoding: 'utf8' }))

export const postgresUrl = (address: string): string => `postgres://dsapi@${address}/postgres`

/** A server with an empty database on the disk. Commits wait for the disk, as in production. */
export const postgres =
  (folder: string) =>
  (address: string): Program => {
    const home = join(folder, 'postgres')
    const data = join(home, 'data')
    mkdirSync(home)
    chownSync(home, idOf('-u'), idOf('-g'))
    const program = (name: string) => postgresProgram(name) ?? name
    const options = ['--username', 'dsapi', '--auth', 'trust', '--encoding', 'UTF8', '--no-locale']
    execFileSync('setpriv', [...asUser, program('initdb'), '--pgdata', data, ...options], {
      cwd: home,
      stdio: 'ignore',
    })
    appendFileSync(join(data, 'pg_hba.conf'), `host all all ${subnet} trust\n`)
    appendFileSync(
      join(data, 'postgresql.conf'),
      `listen_addresses = '${address}'\nunix_socket_directories = ''\n`,
    )
    return {
      command: ['setpriv', ...asUser, program('postgres'), '-D', data],
      isReady: () => succeeds(program('pg_isready'), '--host', address),
    }
  }

/** Whether a program ends with 0. */
export const succeeds = (program: string, ...words: string[]): boolean => {
  try {
    execFileSync(program, words, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
