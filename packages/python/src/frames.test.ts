import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFrameReader, type Frame, writeFrame } from './frames.ts'

const frame = fc.record({
  text: fc.string({ unit: 'binary' }),
  numbers: fc.array(fc.double()).map((numbers) => Float64Array.from(numbers)),
})

test('frames are read as they were written, wherever the bytes are divided', () => {
  fc.assert(
    fc.property(
      fc.array(frame),
      fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
      (frames, cuts) => {
        const bytes = Buffer.concat(
          frames.map(({ text, numbers }) => writeFrame({ text }, numbers)),
        )
        const read: Frame[] = []
        const write = createFrameReader((each) => read.push(each))
        for (let at = 0; at < bytes.length; ) {
          const end = at + cuts.next().value
          write(bytes.subarray(at, end))
          at = end
        }
        expect(read).toEqual(
          frames.map(({ text, numbers }) => ({
            head: { text, bytes: numbers.byteLength },
            numbers,
          })),
        )
      },
    ),
  )
})

test.each([
  ['a text', Buffer.from('hello, I am no frame')],
  ['a head that is no object', Buffer.from([4, 0, 0, 0, ...Buffer.from('null')])],
  ['a head without a length', Buffer.from([2, 0, 0, 0, ...Buffer.from('{}'), 0, 0])],
])('%s is no frame', (_, bytes) => {
  expect(() => createFrameReader(() => {})(bytes)).toThrow(/frame/)
})
