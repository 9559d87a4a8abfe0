import { expect, test } from 'vitest'
import { startProgress } from './progress.ts'

const start = (isTTY: boolean, at: () => number) => {
  const written: string[] = []
  const terminal = { isTTY, columns: 50, write: (text: string) => written.push(text) }
  return { written, progress: startProgress('reading', terminal, at) }
}

test('a long command shows how far it has come, on one line that is erased', () => {
  const { written, progress } = start(true, () => 2500)
  progress.update(0.5, '1 of 2 MB')
  progress.end()
  expect(written).toEqual(['\r\u001b[Kreading  ████████████              1 of 2 MB', '\r\u001b[K'])
})

test('a line is no longer than the terminal is wide', () => {
  const { written, progress } = start(true, () => 2500)
  progress.update(1, 'a'.repeat(100))
  expect(written[0].replace('\r\u001b[K', '')).toHaveLength(49)
})

test.each([
  ['in the first two seconds', true, 1999],
  ['where there is no terminal', false, 9999],
])('nothing is written %s', (_, isTTY, at) => {
  const { written, progress } = start(isTTY, () => at)
  progress.update(0.5, '')
  progress.end()
  expect(written).toEqual([])
})

test('a line is drawn ten times a second at most', () => {
  let at = 3000
  const { written, progress } = start(true, () => at++)
  for (let i = 0; i < 200; i++) progress.update(i / 200, '')
  expect(written).toHaveLength(2)
})
