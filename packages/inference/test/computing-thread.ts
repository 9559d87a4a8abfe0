// A thread for the tests of the pool: it does what it is told.

import { parentPort } from 'node:worker_threads'
import { InputError } from '../src/input-error.ts'
import { postedError } from '../src/threads/posted-error.ts'

parentPort?.on('message', (message: { readonly do: string }) => {
  switch (message.do) {
    case 'answer':
      parentPort?.postMessage({ type: 'result', value: 42 })
      break
    case 'throw':
      parentPort?.postMessage({ type: 'error', error: postedError(new InputError('no')) })
      break
    case 'exit':
      process.exit(3)
      break
    case 'hoard': {
      const all: number[][] = []
      for (;;) all.push(Array(1e5).fill(0.5))
    }
    case 'loop':
      while (Date.now() > 0);
  }
})
