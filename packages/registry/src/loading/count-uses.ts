import type { ModelRuntime } from '@dsapi/inference'

/** How long an engine is kept after its model was replaced and last asked. Between finding its model and asking it, a
 * request reads its body, and a batch stores a chunk: both take less. */
const idleMs = 60_000

const closing = new WeakMap<ModelRuntime, () => Promise<void>>()

/**
 * Counts who uses an engine, so that it can be closed when nobody does. A count of batches and a time are enough: no
 * request has to give back the model that it found, and none can forget to.
 */
export const countUses = (engine: ModelRuntime): ModelRuntime => {
  let running = 0
  let lastUse = performance.now()
  const runtime: ModelRuntime = {
    info: engine.info,
    predict: async (batch, signal) => {
      running++
      try {
        return await engine.predict(batch, signal)
      } finally {
        running--
        lastUse = performance.now()
      }
    },
    ...(engine.state !== undefined && {
      state: () => engine.state?.() ?? { isReady: false, restarts: 0 },
    }),
    close: () => engine.close(),
  }
  const closeWhenIdle = () =>
    new Promise<void>((resolve) => {
      lastUse = performance.now()
      const look = () => {
        const leftMs = running > 0 ? idleMs : lastUse + idleMs - performance.now()
        if (leftMs <= 0) void engine.close().finally(resolve)
        else setTimeout(look, leftMs).unref()
      }
      look()
    })
  closing.set(runtime, closeWhenIdle)
  return runtime
}

/** Closes a model that was replaced, once nobody has used it for a minute. */
export const closeWhenIdle = (runtime: ModelRuntime): Promise<void> =>
  closing.get(runtime)?.() ?? runtime.close()
