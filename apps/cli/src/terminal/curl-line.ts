import type { Database } from '@dsapi/db'
import { defaultModel, findModelSummary } from '@dsapi/registry'

/**
 * A command that asks the api for a prediction, ready to be pasted into a shell.
 *
 * @param key what stands for the key: the key itself, or a shell variable that holds it
 */
export const curlLine = async (db: Database, url: string, key: string): Promise<string> => {
  const model = await findModelSummary(db, defaultModel)
  const names = model?.servedVersion?.info?.featureNames ?? []
  const path = names.map((name) => `/${encodeURIComponent(name)}/1.0`).join('')
  return `curl -H "X-API-Key: ${key}" ${url}/predict${path}`
}
