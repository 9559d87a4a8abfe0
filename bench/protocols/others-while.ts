import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { RunningDsapi } from '../dsapi.ts'
import { median, quantile } from '../report.ts'

const others = 500

type Milliseconds = { readonly median: number; readonly p99: number }

/** The milliseconds that single predictions take, alone and while large binary bodies are predicted without a pause. */
export const othersWhile = async (
  { port, key }: RunningDsapi,
  featureNames: readonly string[],
): Promise<{ readonly alone: Milliseconds; readonly meanwhile: Milliseconds }> => {
  const origin = `http://127.0.0.1:${port}`
  const alone = await askOthers(origin, key, featureNames)
  // In a process of its own, so that its reading of large answers does not count as delay of the server.
  const large = fork(new URL('./large-load.ts', import.meta.url), [origin, key])
  await once(large, 'message')
  const meanwhile = await askOthers(origin, key, featureNames)
  if (large.exitCode !== null) throw new Error('Large bodies were not answered')
  large.kill()
  return { alone, meanwhile }
}

const askOthers = async (
  origin: string,
  key: string,
  featureNames: readonly string[],
): Promise<Milliseconds> => {
  const path = `/predict/${featureNames.map((name) => `${name}/1`).join('/')}`
  const times: number[] = []
  for (let i = 0; i < others; i++) {
    const begun = performance.now()
    const answer = await fetch(origin + path, { headers: { 'x-api-key': key } })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    times.push(performance.now() - begun)
    await setTimeout(5)
  }
  return { median: median(times), p99: quantile(times, 0.99) }
}
