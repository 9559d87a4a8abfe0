// The same JSON without the rest of dsapi: a bare Hono route on the server adapter that dsapi uses,
// and bare node:http.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'

const answer = { class: 1, class_probabilities: [0.09166391021342093, 0.908336089786579] }

const app = new Hono().get('/predict/*', (context) => context.json(answer))
const hono = createAdaptorServer(app)
const node = createServer((_, response) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(answer))
})

const port = async (server: typeof hono | typeof node) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
process.send?.({ hono: await port(hono), node: await port(node) })
process.on('disconnect', () => process.exit())
