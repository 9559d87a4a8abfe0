import { type Database, findModelVersion } from '@dsapi/db'
import { ModelGoneError } from '../errors.ts'
import { closeWhenIdle } from '../loading/count-uses.ts'
import { loadRow } from '../loading/load-version.ts'
import type { ModelHost } from '../loading/model-host.ts'
import type { StoredModel } from '../loading/stored-model.ts'
import { tagOf, versionOfTag } from '../version-tag.ts'

/** How many models are kept besides those that are served: jobs wait for few of them at a time. */
const mostExtra = 4

/** The versions that a process has loaded, each once. */
export type LoadedModels = {
  /**
   * @param version its number or its tag
   * @throws ModelGoneError; StoredModelError; an error of the database
   */
  readonly get: (name: string, version: number | string) => Promise<StoredModel>
  /** Keeps these and the few others that were asked for last; the rest is closed when nobody uses it. */
  readonly keep: (ids: ReadonlySet<string>) => void
  /** Drops versions that were removed, besides those that are kept. */
  readonly dropRemoved: () => Promise<void>
  /** The hashes of the files that are in use. */
  readonly files: () => readonly string[]
  readonly closeAll: () => Promise<void>
}

type Entry = {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly tag: string
  readonly artifactSha256: string
  readonly model: Promise<StoredModel>
  /** What the promise has become. */
  loaded: StoredModel | undefined
}

export const createLoadedModels = (db: Database, host: ModelHost): LoadedModels => {
  const entries = new Map<string, Entry>()
  let kept: ReadonlySet<string> = new Set()
  let isClosed = false

  const extra = () => [...entries.values()].filter(({ id }) => !kept.has(id))
  const drop = ({ id, model }: Entry) => {
    entries.delete(id)
    void model.then((stored) => closeWhenIdle(stored.model)).catch(() => {})
  }
  const dropExtra = () => {
    for (const entry of extra().slice(0, -mostExtra)) drop(entry)
  }

  const find = (name: string, version: number | string) =>
    [...entries.values()].find(
      (entry) => entry.name === name && (entry.version === version || entry.tag === version),
    )

  const load = async (name: string, version: number | string): Promise<Entry> => {
    if (isClosed) throw new Error('No model is loaded any more: this process stops')
    const number = typeof version === 'number' ? version : versionOfTag(version)
    const row =
      number === undefined ? undefined : await findModelVersion(db, { name, version: number })
    const tag = row && tagOf(row)
    if (row === undefined || tag === undefined || (number !== version && tag !== version)) {
      throw new ModelGoneError(name, String(version))
    }
    const begun = find(name, tag)
    if (begun !== undefined) return begun
    const entry: Entry = {
      ...{ id: `${name}/${tag}`, name, version: row.version, tag },
      artifactSha256: row.artifact_sha256,
      model: loadRow(db, host, row),
      loaded: undefined,
    }
    entries.set(entry.id, entry)
    entry.model.then(
      (stored) => {
        entry.loaded = stored
        if (isClosed) void stored.model.close()
      },
      () => {
        if (entries.get(entry.id) === entry) entries.delete(entry.id) // It may be tried again.
      },
    )
    return entry
  }

  return {
    get: async (name, version) => {
      const entry = find(name, version) ?? (await load(name, version))
      entries.delete(entry.id)
      entries.set(entry.id, entry) // The last that was asked for stands last.
      dropExtra()
      return entry.model
    },
    keep: (ids) => {
      kept = ids
      dropExtra()
    },
    dropRemoved: async () => {
      for (const entry of extra()) {
        const row = await findModelVersion(db, entry)
        if (row === undefined || tagOf(row) !== entry.tag) drop(entry)
      }
    },
    files: () => [...entries.values()].map(({ artifactSha256 }) => artifactSha256),
    closeAll: async () => {
      isClosed = true // What is still loading is closed once it is loaded, and not waited for.
      await Promise.all([...entries.values()].map(({ loaded }) => loaded?.model.close()))
      entries.clear()
    },
  }
}
