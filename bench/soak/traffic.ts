import { setTimeout as wait } from 'node:timers/promises'

/** Valid and invalid requests of clients, each with its rate. */
type Operation = { readonly perSecond: number; readonly run: () => Promise<unknown> }

const rows = (count: number) => Array.from({ length: count }, (_, i) => [i % 7, -(i % 5)])

const operationsOf = (url: string, key: string): readonly Operation[] => {
  const ask = async (path: string, init: RequestInit & { readonly status?: number } = {}) => {
    const headers = { 'x-api-key': key, ...init.headers }
    const response = await fetch(url + path, { ...init, headers })
    const body = await response.text()
    const { status = 200 } = init
    if (response.status === status) return body
    throw new Error(`${path} answered ${response.status}, not ${status}: ${body.slice(0, 300)}`)
  }
  const post = (path: string, body: string, { headers = {}, status = 200 } = {}) =>
    ask(path, { method: 'POST', body, headers, status })
  let n = 0
  const large = JSON.stringify({ instances: rows(20_000) })
  const csv = `feature_a,feature_b\n${rows(2000).join('\n')}\n`
  return [
    { perSecond: 300, run: () => ask(`/predict/feature_a/${n++ % 9}/feature_b/1`) },
    { perSecond: 20, run: () => ask(`/predict/feature_a/abc/feature_b/${n++}`, { status: 400 }) },
    { perSecond: 20, run: () => ask(`/no/such/path/${n++}`, { status: 404 }) },
    {
      perSecond: 5,
      run: () => ask('/jobs', { headers: { 'x-api-key': `wrong-${n++}` }, status: 401 }),
    },
    { perSecond: 30, run: () => post('/predict', JSON.stringify({ instances: rows(100) })) },
    { perSecond: 2, run: () => post('/predict', large) },
    {
      perSecond: 20,
      run: async () => {
        const features = '{"feature_a": 1, "feature_b": 2}'
        const { id } = JSON.parse(await post('/predict-slow', features, { status: 202 }))
        await ask(`/predict-slow/${id}`, { headers: { prefer: 'wait=5' } })
        await ask(`/jobs/${id}/events`)
      },
    },
    { perSecond: 5, run: () => ask('/jobs?limit=20') },
    {
      perSecond: 0.5,
      run: () => post('/jobs/batch', csv, { headers: { 'content-type': 'text/csv' }, status: 202 }),
    },
    { perSecond: 0.2, run: () => ask('/metrics') },
  ]
}

/** Runs the operations until `stop` is called. A server that does not answer is an error. */
export const startTraffic = (url: string, key: string) => {
  let isOver = false
  let done = 0
  const under = new Set<Promise<void>>()
  const loops = operationsOf(url, key).map(async ({ perSecond, run }) => {
    let next = performance.now()
    while (!isOver) {
      next += 1000 / perSecond
      const operation = run().then(
        () => {
          done++
          under.delete(operation)
        },
        (error: unknown) => {
          throw error
        },
      )
      under.add(operation)
      await wait(Math.max(0, next - performance.now()))
    }
  })
  return {
    done: () => done,
    stop: async () => {
      isOver = true
      await Promise.all(loops)
      await Promise.all(under)
    },
  }
}
