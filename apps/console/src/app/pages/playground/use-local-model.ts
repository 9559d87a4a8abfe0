import type { ModelVersion } from '@dsapi/client'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { send } from '../../api/request.ts'
import { hasScope } from '../../api/session.ts'
import type { LocalModel } from './local-model.ts'

/** Their code is a part of the console; that of pipelines would be a fifth of it. */
const localFormat = /^(dsapi-logistic-regression|dsapi-linear-regression|xgboost-|lightgbm-)/

/** Larger files are not fetched: the server computes their answers. */
const largestFile = 5_000_000

export type Local =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly model: LocalModel }
  /** The server computes. */
  | { readonly state: 'none' }

type Version = Pick<ModelVersion, 'name' | 'version' | 'format' | 'size' | 'options'>

const isPossible = ({ format, size }: Version) =>
  localFormat.test(format) && size <= largestFile && hasScope('admin')

/** The served version, where this browser can compute it: only admins get files. */
export const useLocalModel = (version: Version | undefined): Local => {
  const local = useSignal<Local>({ state: 'loading' })
  const path =
    version !== undefined && isPossible(version)
      ? `/api/models/${encodeURIComponent(version.name)}/versions/${version.version}/file`
      : undefined
  const isKnown = version !== undefined
  useEffect(() => {
    if (path === undefined || version === undefined) {
      local.value = { state: isKnown ? 'none' : 'loading' }
      return
    }
    local.value = { state: 'loading' }
    const abort = new AbortController()
    const load = async () => {
      const file = await send(path, { signal: abort.signal })
      const { readLocalModel } = await import('./local-model.ts')
      const bytes = new Uint8Array(await file.arrayBuffer())
      const model = await readLocalModel({ ...version, bytes })
      if (!abort.signal.aborted) local.value = { state: 'ready', model }
    }
    load().catch(() => {
      if (!abort.signal.aborted) local.value = { state: 'none' }
    })
    return () => abort.abort()
  }, [path, isKnown])
  return local.value
}
