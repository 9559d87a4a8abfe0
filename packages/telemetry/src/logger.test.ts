import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

/** What a process of its own writes when it logs and ends. */
const written = (level: string, statement: string) => {
  const script = `
    const { createLogger } = await import(${JSON.stringify(import.meta.resolve('./index.ts'))})
    const logger = createLogger('${level}', 'test')
    ${statement}`
  return spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
}

test('writes JSON lines on standard error and nothing on standard output', () => {
  const { stdout, stderr } = written('info', "logger.info({ status: 200 }, 'GET /')")
  expect(stdout).toBe('')
  expect(JSON.parse(stderr)).toMatchObject({ level: 30, name: 'test', status: 200, msg: 'GET /' })
})

test('writes nothing below its level', () => {
  expect(written('warn', "logger.info('hello')").stderr).toBe('')
})

test('loses no line when the process ends at once', () => {
  const { stderr } = written('info', "for (let i = 0; i < 1000; i++) logger.info('line')")
  expect(stderr.trim().split('\n')).toHaveLength(1000)
})

test('loses no fatal line when the process exits', () => {
  const { stderr } = written('info', "logger.info('a'); logger.fatal('b'); process.exit(1)")
  expect(stderr.trim().split('\n')).toHaveLength(2)
})

test('writes no key, wherever it came in', () => {
  const key = `dsapi_${'aB3'.repeat(13)}`.slice(0, 44)
  const statement = `
    logger.info({ path: '/predict/${key}', err: new Error('${key}') }, 'GET /${key}?k=${key}')`
  const { stderr } = written('info', statement)
  expect(stderr).toContain('GET /dsapi_…?k=dsapi_…')
  expect(stderr).not.toContain(key)
})

test('writes of a foreign error no members but those on its list, under whatever name', () => {
  const statement = `
    const error = () => Object.assign(new Error('refused'), {
      code: 'E1',
      command: { name: 'auth', args: ['hunter2'] },
      cause: Object.assign(new Error('inner'), { parameters: ['hunter2'] }),
    })
    logger.warn({ err: error() })
    logger.warn(error())
    logger.warn(error(), 'failed')
    logger.warn({ reason: error(), all: [error()] }, 'failed')`
  const { stderr } = written('info', statement)
  expect(stderr).not.toContain('hunter2')
  const lines = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ msg }) => msg)).toEqual(['refused', 'refused', 'failed', 'failed'])
  expect(lines[0].err).toMatchObject({
    type: 'Error',
    message: 'refused',
    code: 'E1',
    cause: { message: 'inner' },
  })
})

test('writes no secret of its settings and no credentials of a URL', () => {
  const statement = `
    const { createLogger: create } = await import(${JSON.stringify(import.meta.resolve('./index.ts'))})
    const own = create('info', 'test', ['hunter2'])
    own.warn({ err: new Error('hunter2'), at: 'redis://:other@h' }, 'At postgres://me:third@h: hunter2')
    own.child({ url: 'redis://:fourth@h' }).warn({ deep: { er: ['hunter2'] } }, '"')`
  const { stderr } = written('info', statement)
  for (const secret of ['hunter2', 'other', 'third', 'fourth']) expect(stderr).not.toContain(secret)
  for (const line of stderr.trim().split('\n')) JSON.parse(line)
})

test.each([
  ['on a full disk', '2>/dev/full'],
  ['that nobody reads', '2> >(true)'],
])('does not end its process because of a standard error %s', (_, redirect) => {
  const script = `
    const { createLogger } = await import(${JSON.stringify(import.meta.resolve('./index.ts'))})
    const logger = createLogger('info', 'test')
    for (let i = 0; i < 20; i++) {
      logger.info('line')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    logger.fatal('last')
    console.log('went on')
    process.exit(3)`
  const line = `"$0" --input-type=module --eval "$1" ${redirect}`
  const args = ['--norc', '-c', line, process.execPath, script]
  const { status, stdout } = spawnSync('bash', args, { encoding: 'utf8', timeout: 20_000 })
  expect({ status, stdout }).toEqual({ status: 3, stdout: 'went on\n' })
})
