// Sends large bodies one after another until it is ended.

import { post } from './instances.ts'

const [url, key] = process.argv.slice(2)
for (;;) await post(url, key)
