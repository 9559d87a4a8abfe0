import { setTimeout } from 'node:timers/promises'
import { RandomState } from '@dsapi/model'
import { startDsapi } from '../dsapi.ts'
import { pacedLoad } from '../paced-load.ts'
import { quantile } from '../report.ts'
import { makeModel } from '../trees/make-model.ts'
import type { BenchModel } from './make-bench-model.ts'
import { bodyOf, pathOf } from './requests.ts'
import { addModel, serveModel } from './serve-model.ts'

const swaps = 20
const rounds = 1
const load = { rate: 1000, seconds: 35, connections: 32 }

type Latency = { readonly p50: number; readonly p99: number; readonly most: number }

const summarise = (latencies: readonly number[]): Latency => ({
  p50: quantile(latencies, 0.5),
  p99: quantile(latencies, 0.99),
  most: Math.max(...latencies),
})

export type Swaps = {
  readonly swaps: number
  readonly rate: number
  readonly still: Latency
  readonly swapping: Latency
}

/**
 * Serves one version after another of a model of 100 trees while requests come at an even pace. All of them have to be
 * answered with 200, else it throws.
 */
export const swapUnderLoad = async (model: BenchModel, folder: string): Promise<Swaps> => {
  const dsapi = await startDsapi({ withWorker: false, logLevel: 'info' })
  try {
    const row = Array.from(model.rows.subarray(0, model.width), (value) => value || 0)
    const body = bodyOf(row)
    const versions: Awaited<ReturnType<typeof addModel>>[] = []
    for (let i = 0; i <= swaps * rounds; i++) {
      const shape = { trees: 100, depth: 6, features: model.width }
      versions.push(await addModel(dsapi.db, makeModel(shape, new RandomState(i)), folder))
    }
    const next = versions.values()
    const swap = async () => {
      const { value } = next.next()
      if (value !== undefined) await serveModel(dsapi, value, body)
    }
    await swap()
    const request = `GET ${pathOf(row, 'f')} HTTP/1.1\r\nHost: a\r\nX-API-Key: ${dsapi.key}\r\n\r\n`
    const ask = () => pacedLoad(dsapi.port, request, load)
    const still: number[] = []
    const swapping: number[] = []
    await ask()
    for (let round = 0; round < rounds; round++) {
      still.push(...(await ask()))
      const asked = ask()
      for (let i = 0; i < swaps; i++) {
        await swap()
        await setTimeout(200)
      }
      swapping.push(...(await asked))
    }
    return {
      swaps: swaps * rounds,
      rate: load.rate,
      still: summarise(still),
      swapping: summarise(swapping),
    }
  } finally {
    await dsapi.stop()
  }
}
