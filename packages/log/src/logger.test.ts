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

test('writes no key, wherever it came in', () => {
  const key = `dsapi_${'aB3'.repeat(13)}`.slice(0, 44)
  const statement = `
    logger.info({ path: '/predict/${key}', err: new Error('${key}') }, 'GET /${key}?k=${key}')`
  const { stderr } = written('info', statement)
  expect(stderr).toContain('GET /dsapi_…?k=dsapi_…')
  expect(stderr).not.toContain(key)
})
