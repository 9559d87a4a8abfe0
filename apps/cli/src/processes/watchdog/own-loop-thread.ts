// The thread that watches the event loop of its process. It imports nothing of dsapi and writes to standard error
// itself, because the blocked loop is the one that writes the log.

import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import type { OwnLoop } from './watch-own-loop.ts'

const { beats, limitMs, line } = workerData as OwnLoop
const everyMs = limitMs / 10
let seen = Atomics.load(beats, 0)
let seenAt = performance.now()
let lookedAt = seenAt

const end = () => {
  try {
    const { level, ...rest } = line
    writeSync(2, `${JSON.stringify({ level, time: Date.now(), ...rest })}\n`)
  } finally {
    process.kill(process.pid, 'SIGKILL')
  }
}

setInterval(() => {
  const now = performance.now()
  const beat = Atomics.load(beats, 0)
  // If this thread stood still too, the whole process was stopped, or the machine slept.
  if (beat !== seen || now - lookedAt > 3 * everyMs) seenAt = now
  seen = beat
  lookedAt = now
  if (now - seenAt > limitMs) end()
}, everyMs)
