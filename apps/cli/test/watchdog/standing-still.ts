// A process that watches its own event loop for a limit in milliseconds, and then lets it stand still.

import { watchOwnLoop } from '../../src/processes/watchdog/watch-own-loop.ts'

watchOwnLoop(Number(process.argv[2]), 'test')
setTimeout(() => {
  process.stdout.write('Standing still')
  for (;;);
}, 100)
