import { copyDatabase, openDatabase } from '../../src/index.ts'

// Run as `node copy-until.ts FROM TO RANGES MS`: copies, and dies by SIGKILL so many milliseconds after so many ranges.

const [from, to, ranges, delayMs] = process.argv.slice(2)
const source = await openDatabase({ url: from })
const target = await openDatabase({ url: to }, { evenUnfinished: true })
let left = Number(ranges)
await copyDatabase(source, target, {
  now: Date.now,
  onProgress: () => {
    if (--left === 0) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(delayMs))
  },
})
await target.destroy() // Else an idle connection keeps the process for ten seconds.
