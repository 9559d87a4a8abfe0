import { Counter, Gauge, type Registry } from 'prom-client'

/** A model in this process. */
export type ModelState = {
  readonly name: string
  /** Of the version that answers; undefined while none does. */
  readonly tag: string | undefined
  /** Whether it can compute now. */
  readonly isReady: boolean
  /** How many of its versions should answer and cannot. */
  readonly problems: number
  /** How often the engine of that version was started again. */
  readonly restarts: number
}

/** The metrics of which models this process serves, and how they are. */
export const createModelMetrics = (registry: Registry) => {
  let states: () => readonly ModelState[] = () => []
  const registers = [registry]
  new Gauge({
    name: 'dsapi_model_info',
    help: 'The number of processes that serve each version of a model.',
    labelNames: ['model', 'version'],
    registers,
    collect() {
      this.reset()
      for (const { name, tag } of states()) {
        if (tag !== undefined) this.set({ model: name, version: tag }, 1)
      }
    },
  })
  new Gauge({
    name: 'dsapi_model_ready',
    help: '1 while a version of the model can compute in every process, else 0.',
    labelNames: ['model'],
    aggregator: 'min',
    registers,
    collect() {
      this.reset()
      for (const { name, isReady } of states()) this.set({ model: name }, isReady ? 1 : 0)
    },
  })
  new Gauge({
    name: 'dsapi_model_problems',
    help: 'The number of versions of a model that should answer and cannot be served.',
    labelNames: ['model'],
    aggregator: 'max',
    registers,
    collect() {
      this.reset()
      for (const { name, problems } of states()) this.set({ model: name }, problems)
    },
  })
  new Counter({
    name: 'dsapi_model_engine_restarts_total',
    help: 'How often the engine of the version that answers was started again, in all processes.',
    labelNames: ['model'],
    registers,
    collect() {
      this.reset()
      for (const { name, restarts } of states()) this.inc({ model: name }, restarts)
    },
  })
  return {
    follow: (next: () => readonly ModelState[]): void => {
      states = next
    },
  }
}
