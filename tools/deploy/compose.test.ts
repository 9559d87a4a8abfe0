import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '@dsapi/testing'
import { describe, expect, test } from 'vitest'
import { read, readCompose, root } from './files.ts'

const { services, volumes, networks } = readCompose()
const all = Object.entries(services).map(([name, service]) => ({ name, ...service }))
const ownServices = all.filter(({ image }) => image === 'dsapi')

describe.each(all)('$name', (service) => {
  test('names only volumes, networks and services that are there', () => {
    const named = (service.volumes ?? []).map((volume) => volume.split(':')[0])
    expect(Object.keys(volumes)).toEqual(expect.arrayContaining(named))
    expect(Object.keys(networks)).toEqual(expect.arrayContaining([...(service.networks ?? [])]))
    const needed = Object.keys(service.depends_on ?? {})
    expect(Object.keys(services)).toEqual(expect.arrayContaining(needed))
  })

  test('comes back when it ends by itself, unless it is there to end', () => {
    expect(service.restart).toBe(service.name === 'gendb' ? 'no' : 'unless-stopped')
  })
})

test('all parts of dsapi share the database, and have time to finish what they hold', () => {
  expect(ownServices.map(({ name }) => name)).toEqual(['gendb', 'api', 'worker'])
  for (const service of ownServices) {
    expect(service.volumes).toEqual(['data:/data'])
    expect(service.stop_grace_period).toBe('30s')
  }
})

test.each(ownServices.filter(({ command }) => command !== undefined))(
  'the $name runs a command of dsapi',
  ({ command = [] }) => {
    const main = `${root}apps/cli/src/main.js`
    const help = execFileSync(process.execPath, [main, ...command, '--help'], { encoding: 'utf8' })
    expect(help).toContain(`Usage: dsapi ${command.join(' ')}`)
  },
)

test('no secret is in the file: the password comes from outside', () => {
  const text = read('deploy/compose.yaml').replaceAll(/^\s*#.*$/gm, '')
  const passwords = text.match(/\$\{\w*PASSWORD\w*[^}]*\}/g) ?? []
  expect(passwords.length).toBeGreaterThan(0)
  expect(passwords.filter((use) => !use.startsWith('${REDIS_PASSWORD:?'))).toEqual([])
})

test('no secret is among the arguments of a program, which every user of the host can read', () => {
  const redis = services.redis
  expect(redis?.command?.join(' ')).not.toMatch(/(?<!\$)\$\{?REDIS_PASSWORD/)
  expect(redis?.command?.join(' ')).toContain('$$REDISCLI_AUTH')
  expect(redis?.environment?.REDISCLI_AUTH).toContain('REDIS_PASSWORD')
})

test('Redis gets its password from a file that nobody else can read', async () => {
  const folder = await temporaryFolder()
  const script = services.redis?.command?.[2]
    .replaceAll('$$', '$')
    .replaceAll('/data', folder)
    .replace('exec docker-entrypoint.sh redis-server', ':')
  execFileSync('sh', ['-c', script ?? ''], { env: { ...process.env, REDISCLI_AUTH: 'secret%s' } })
  const file = join(folder, 'redis.conf')
  expect(readFileSync(file, 'utf8')).toBe('save ""\nrequirepass "secret%s"\n')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})
