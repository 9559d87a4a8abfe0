import type { Database } from '@dsapi/db'
import { JobError, type Task } from '@dsapi/queue'
import {
  createModelLoader,
  ModelGoneError,
  type StoredModel,
  StoredModelError,
} from '@dsapi/registry'

/** Finds the model that a job was accepted for. */
export type JobModel = (task: Pick<Task, 'modelVersion'>) => Promise<StoredModel>

/**
 * Makes the function that finds the model of a job: what its input was checked against, not what is served by the time
 * that it is computed. A job that an older dsapi accepted does not name one, and gets the model that is served.
 *
 * @throws JobError when the model is gone, or cannot be read any more
 */
export const createJobModel = (db: Database, current: () => StoredModel): JobModel => {
  const load = createModelLoader(db, current)
  return async ({ modelVersion }) => {
    if (modelVersion === undefined) return current()
    return load(modelVersion).catch((error: unknown) => {
      throw toJobError(error, modelVersion)
    })
  }
}

/** Another attempt would find the same row. */
const toJobError = (error: unknown, tag: string): unknown => {
  if (error instanceof ModelGoneError) return new JobError(error.message, { isFinal: true })
  if (!(error instanceof StoredModelError)) return error
  const reason = error.cause instanceof Error ? error.cause.message : String(error.cause)
  return new JobError(
    `Model version ${tag}, for which this was accepted, cannot be read any more: ${reason}. Submit it again for the model that is served now`,
    { isFinal: true, cause: error },
  )
}
