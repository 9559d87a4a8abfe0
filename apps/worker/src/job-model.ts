import { JobError, type Task } from '@dsapi/queue'
import {
  ModelGoneError,
  type ServedModels,
  type StoredModel,
  StoredModelError,
} from '@dsapi/registry'

/** Finds the model that a job was accepted for. */
export type JobModel = (task: Pick<Task, 'modelName' | 'modelVersion'>) => Promise<StoredModel>

/**
 * Makes the function that finds the model of a job: what its input was checked against, not what is served by the time
 * that it is computed. A job that an older dsapi accepted does not name a version, and gets the one that is served.
 *
 * @throws JobError when the model is gone, or cannot be read any more
 */
export const createJobModel =
  ({ wait, load }: Pick<ServedModels, 'wait' | 'load'>): JobModel =>
  async ({ modelName, modelVersion }) => {
    if (modelVersion === undefined) return servedOf(modelName, await wait(modelName))
    return load(modelName, modelVersion).catch((error: unknown) => {
      throw toJobError(error, modelVersion)
    })
  }

const servedOf = (name: string, model: Awaited<ReturnType<ServedModels['wait']>>) => {
  if (model !== undefined) return model.served
  throw new JobError(`No version of the model ${name} can be served now`)
}

/** Another attempt would find the same row. */
const toJobError = (error: unknown, tag: string): unknown => {
  if (error instanceof ModelGoneError) return new JobError(error.message, { isFinal: true })
  if (!(error instanceof StoredModelError)) return error
  return new JobError(
    `Model version ${tag}, for which this was accepted, cannot be read any more: ${error.reason}. Submit it again for the model that is served now`,
    { isFinal: true, cause: error },
  )
}
