import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
  temporaryFolder,
} from '@dsapi/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../connection/open-database.ts'

describeWithPostgres('the URL of a PostgreSQL with TLS', () => {
  let server: PostgresServer
  let certificate: string

  beforeAll(async () => {
    const folder = await temporaryFolder()
    certificate = join(folder, 'server.crt')
    const key = join(folder, 'server.key')
    const subject = ['-subj', '/CN=dsapi', '-addext', 'subjectAltName=DNS:localhost']
    const form = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    execFileSync('openssl', ['req', ...form, '-out', certificate, '-keyout', key, ...subject], {
      stdio: 'ignore',
    })
    const hba = join(folder, 'pg_hba.conf')
    const lines = ['local all all trust', 'host all dsapi 127.0.0.1/32 trust']
    writeFileSync(hba, [...lines, 'hostssl all secret 127.0.0.1/32 scram-sha-256\n'].join('\n'))
    chmodSync(folder, 0o755)
    if (process.getuid?.() === 0) {
      const id = (kind: string) =>
        Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }))
      for (const file of [key, hba]) chownSync(file, id('-u'), id('-g'))
    }
    const settings = { ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key, hba_file: hba }
    server = await startPostgres({ settings })
    await server.query("create role secret superuser login password 'hunter2'")
  })
  afterAll(() => server.stop())

  const url = ({ user = 'dsapi', host = 'localhost', parameters = '' }) =>
    `postgres://${user}@${host}:${server.port}/postgres?${parameters}`
  const isEncrypted = async (url: string) => {
    const db = await openDatabase({ url, connectTimeoutMs: 60_000 })
    const { rows } = await sql<{ ssl: boolean }>`
      select ssl from pg_stat_ssl where pid = pg_backend_pid()`.execute(db)
    await db.destroy()
    return rows[0].ssl
  }

  test('without sslmode, and with disable, there is none', async () => {
    expect(await isEncrypted(url({}))).toBe(false)
    expect(await isEncrypted(url({ parameters: 'sslmode=disable' }))).toBe(false)
  })

  test('with require, it is used, whoever the server says to be', async () => {
    expect(await isEncrypted(url({ parameters: 'sslmode=require' }))).toBe(true)
  })

  test('with verify-full, the server must have a certificate of its name by an authority that is known', async () => {
    const full = (parameters: string) => `sslmode=verify-full${parameters}`
    const known = full(`&sslrootcert=${certificate}`)
    expect(await isEncrypted(url({ parameters: known }))).toBe(true)
    const refused = { code: 'unusable', message: expect.stringContaining('certificate') }
    await expect(isEncrypted(url({ parameters: full('') }))).rejects.toMatchObject(refused)
    await expect(isEncrypted(url({ parameters: known, host: '127.0.0.1' }))).rejects.toMatchObject({
      code: 'unusable',
    })
  })

  test('with verify-ca, its name is of no account', async () => {
    const parameters = `sslmode=verify-ca&sslrootcert=${certificate}`
    expect(await isEncrypted(url({ parameters, host: '127.0.0.1' }))).toBe(true)
  })

  test('a wrong password, and a connection in the clear where none is allowed, are refused', async () => {
    const parameters = 'sslmode=require'
    expect(await isEncrypted(url({ user: 'secret:hunter2', parameters }))).toBe(true)
    const refused = (user: string, parameters = '') =>
      expect(isEncrypted(url({ user, parameters }))).rejects.toMatchObject({
        code: 'refused',
        message: expect.not.stringContaining('hunter'),
      })
    await refused('secret:hunter3', parameters)
    await refused('secret:hunter2')
  })
})
