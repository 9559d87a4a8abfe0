import type { EngineState } from '@dsapi/inference'
import { type ArtifactCache, createArtifactCache } from '../artifacts/artifact-cache.ts'

/** What a process loads models with. */
export type ModelHost = {
  readonly cache: ArtifactCache
  /** How long a batch may take in an engine. */
  readonly timeLimitMs: number
  /** Receives a line that an engine wrote, and the model's name and tag. */
  readonly onLine: (label: string, line: string) => void
  /** Receives each change of an engine. */
  readonly onEngine: (label: string, state: EngineState) => void
  readonly close: () => Promise<void>
}

type HostOptions = Partial<Pick<ModelHost, 'onLine' | 'onEngine'>> & {
  /** The folder for files that do not stay in memory. */
  readonly cacheFolder: string
  readonly timeLimitMs: number
  /** Gets what is wrong with the folder, and which one is used instead. */
  readonly onCacheUnusable: (message: string) => void
}

/** Makes what a process loads models with. Nothing is started, and no folder is made, before a model needs it. */
export const createModelHost = ({
  cacheFolder,
  timeLimitMs,
  onCacheUnusable,
  onLine = () => {},
  onEngine = () => {},
}: HostOptions): ModelHost => {
  const cache = createArtifactCache(cacheFolder, onCacheUnusable)
  return { cache, timeLimitMs, onLine, onEngine, close: cache.close }
}
