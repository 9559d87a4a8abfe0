import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

const index = new URL('./index.ts', import.meta.url).href

/** What a program with a logger leaves on standard error. */
const linesOf = (program: string) => {
  const imports = `import { createLogger, createRequestLog } from '${index}';`
  const args = ['--input-type=module-typescript', '-e', imports + program]
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return stderr.trim().split('\n')
}

const line = `{ requestId: 'r-1', traceId: 't', keyId: 'k', method: 'GET', path: '/a"b', status: 200, ms: 0.12345 }`

describe('the line of a request', () => {
  test('is the line that pino would have written', () => {
    const [ours, theirs] = linesOf(`
      const logger = createLogger('info', 'api');
      createRequestLog(logger)(${line});
      logger.info({ requestId: 'r-1', traceId: 't', keyId: 'k', status: 200, ms: 0.123 }, 'GET /a"b');
      process.exit();`)
      .map((text) => JSON.parse(text))
      .toSorted((a, b) => a.time - b.time)
    expect({ ...ours, time: 0 }).toEqual({ ...theirs, time: 0 })
    expect(Object.keys(ours)).toEqual(Object.keys(theirs))
  })

  test('is written though the process ends at once', () => {
    const program = `createRequestLog(createLogger('info', 'api'))(${line}); process.exit()`
    expect(linesOf(program)).toHaveLength(1)
  })

  test('is written when nothing else happens for a while', () => {
    const program = `createRequestLog(createLogger('info', 'api'))(${line}); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 3000)`
    expect(linesOf(program)).toHaveLength(1)
  })

  test('leaves out what is undefined, and any key', () => {
    const key = `dsapi_${'a'.repeat(38)}`
    const [text] = linesOf(
      `createRequestLog(createLogger('info', 'api'))({ ...${line}, traceId: undefined, keyId: undefined, path: '/${key}' }); process.exit()`,
    )
    expect(JSON.parse(text)).toMatchObject({ msg: 'GET /dsapi_…' })
    expect(Object.keys(JSON.parse(text))).not.toContain('keyId')
    expect(text).not.toContain(key)
  })

  test('shows no character that could forge another line, or change the order of this one', () => {
    const sent = '/a\\n[12:00] INFO \\u001b[2J\\u009b1m\\u202e\\u2066\\u200b\\u2028\\ufeff'
    const [text, next] = linesOf(
      `createRequestLog(createLogger('info', 'api'))({ ...${line}, path: '${sent}' }); process.exit()`,
    )
    expect(next).toBeUndefined()
    expect(JSON.parse(text).msg).toMatch(/^GET \/a%0A\[12:00\] INFO %1B\[2J/)
    expect(JSON.parse(text).msg).not.toMatch(/[^\x20-\x7e]/)
  })

  test('holds no more than the beginning of a long path', () => {
    const [text] = linesOf(
      `createRequestLog(createLogger('info', 'api'))({ ...${line}, path: '/'.padEnd(16_000, 'a') }); process.exit()`,
    )
    expect(text.length).toBeLessThan(1500)
  })

  test('is not there below its level', () => {
    const program = `createRequestLog(createLogger('warn', 'api'))(${line}); process.exit()`
    expect(linesOf(program)).toEqual([''])
  })
})
