// Sends large binary bodies one after another until it is ended.

import { contestants } from './contestants.ts'
import { post } from './post.ts'

const [origin, key] = process.argv.slice(2)
const [binary] = contestants()
await post(origin, key, binary)
process.send?.('ready')
for (;;) await post(origin, key, binary)
