// Loaded before everything else in a process (node --import): shifts the clock that it reads, `Date`, by as
// many milliseconds as a file says at that moment. The monotonic clock goes on, as it does when somebody
// sets the real clock.

import { readFileSync } from 'node:fs'

const file = process.env.CLOCK_FILE
const RealDate = Date
let shiftMs = 0

const read = () => {
  shiftMs = Number(readFileSync(file, 'utf8'))
}

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + shiftMs] : args))
  }

  static now() {
    return RealDate.now() + shiftMs
  }
}

if (file !== undefined) {
  read()
  setInterval(read, 20).unref()
}
