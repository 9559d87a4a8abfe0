import type { CopyProgress } from '@dsapi/db'
import { describe, expect, test } from 'vitest'
import { drawProgress, formatSeconds } from './draw-progress.ts'
import { showProgress } from './show-progress.ts'

const progress = (changes: Partial<CopyProgress> = {}): CopyProgress => ({
  ...{ stage: 'write', table: 'jobs', rows: 500, allRows: 1000, bytes: 5e6, allBytes: 10e6 },
  ...changes,
})

const written = (isTTY: boolean, told: readonly CopyProgress[]) => {
  const writes: string[] = []
  const write = (text: string | Uint8Array) => writes.push(String(text)) > 0
  const { show, end } = showProgress({ isTTY, write, columns: 60 })
  for (const one of told) show(one)
  end()
  return writes
}

const whole = progress({ rows: 1000, bytes: 10e6 })

describe('the progress of a copy', () => {
  test('is a line with the table, a bar, rows, speed and the time that is left', () => {
    expect(drawProgress(progress(), 10_000)).toBe(
      'Copying         jobs        ▕██████████          ▏ 50 %  500 of 1,000 rows  0.5 MB/s  10 s left',
    )
  })

  test('does not guess how long it takes before it can be known', () => {
    expect(drawProgress(progress({ rows: 1, bytes: 1 }), 10)).not.toContain('left')
    expect(drawProgress(whole, 10)).not.toContain('left')
  })

  test('is one line of a terminal, not longer than that, and ends with the stage', () => {
    const [line, end, ...more] = written(true, [progress(), progress(), whole])
    expect(line.startsWith('\rCopying ')).toBe(true)
    expect(line).toHaveLength('\r'.length + 59 + '\u001b[K'.length)
    expect([end, more]).toEqual(['\n', []])
  })

  test('is a whole line at the end of each stage where there is no terminal', () => {
    const lines = written(false, [progress(), whole, progress({ stage: 'check' })])
    expect(lines).toEqual([expect.stringMatching(/^Copying .*▏100 %.*\n$/)])
  })

  test.each([
    [0.4, '0 s'],
    [59.7, '1 min 0 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
  ])('%d seconds are written as %s', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text)
  })
})
