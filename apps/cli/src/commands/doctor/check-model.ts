import type { Database } from '@dsapi/db'
import { defaultModel, listModels, loadServed, type StoredModel } from '@dsapi/registry'
import { withModelHost } from '../../database/model-host.ts'

/** The names of all models, `default` first. */
export const modelNames = async (db: Database): Promise<readonly string[]> => {
  const names = (await listModels(db)).map(({ name }) => name)
  return names.toSorted((a, b) => Number(b === defaultModel) - Number(a === defaultModel))
}

/**
 * Loads what is served of a model, with its samples, and describes it.
 *
 * @throws Error when a version that should answer cannot
 */
export const checkModel = (db: Database, name: string): Promise<string> =>
  withModelHost(async (host) => {
    const loaded = await loadServed(db, host, name)
    if (loaded === undefined) throw new Error(`There is no model ${name} any more`)
    const { stored, failures } = loaded
    await stored.model.close()
    if (failures.length === 0) return describe(stored)
    const reasons = failures.map(({ message }) => message).join('. ')
    throw new Error(`${reasons}. Until then, version ${stored.tag} is served`)
  })

const describe = ({ name, tag, model }: StoredModel) => {
  const which = name === defaultModel ? 'version' : `${name}: version`
  return `${which} ${tag}, features ${model.info.featureNames.join(', ')}`
}
