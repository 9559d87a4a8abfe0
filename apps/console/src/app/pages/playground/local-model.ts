import type { ModelVersion } from '@dsapi/client'
import { type LogisticRegressionModel, modelFromJSON } from '@dsapi/model'
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { ask } from '../../api/request.ts'
import { hasScope } from '../../api/session.ts'

/** Larger files are not fetched: the server draws the picture. */
const largestFile = 5_000_000

/** The model that this browser computes with, where it can: a logistic regression, fetched by an admin. */
export const useLocalModel = (
  version: Pick<ModelVersion, 'name' | 'version' | 'format' | 'size'> | undefined,
): LogisticRegressionModel | undefined => {
  const model = useSignal<LogisticRegressionModel | undefined>(undefined)
  const isPossible =
    version?.format === 'dsapi-logistic-regression' &&
    version.size <= largestFile &&
    hasScope('admin')
  const path =
    isPossible && version !== undefined
      ? `/api/models/${encodeURIComponent(version.name)}/versions/${version.version}/file`
      : undefined
  useEffect(() => {
    model.value = undefined
    if (path === undefined) return
    const abort = new AbortController()
    ask<unknown>(path, { signal: abort.signal }).then(
      (file) => {
        model.value = modelFromJSON(file)
      },
      // Without the file, the server computes.
      () => {},
    )
    return () => abort.abort()
  }, [path, model])
  return model.value
}
