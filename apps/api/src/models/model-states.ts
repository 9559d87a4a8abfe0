import type { ServedModels } from '@dsapi/registry'
import type { ModelState } from '../metrics/model-metrics.ts'

/** How the models are in this process, in the order of their names. */
export const modelStates = ({
  names,
  find,
  problems,
}: Pick<ServedModels, 'names' | 'find' | 'problems'>): readonly ModelState[] => {
  const all = problems()
  return names().map((name) => {
    const served = find(name)?.served
    const engine = served?.model.state?.()
    return {
      name,
      tag: served?.tag,
      isReady: served !== undefined && (engine?.isReady ?? true),
      problems: all.filter((problem) => problem.name === name).length,
      restarts: engine?.restarts ?? 0,
    }
  })
}
