export { endStates } from '@dsapi/db'
export {
  type ChunkWriter,
  MissingChunkError,
  readInputChunks,
  readOutputChunks,
  removeOutputChunks,
  submitWithInput,
  writeOutputChunks,
} from './batches/batch-chunks.ts'
export { createDispatcher } from './dispatch/create-dispatcher.ts'
export type { Dispatcher } from './dispatch/dispatcher.ts'
export { pingRedis, refuseMissingDatabase } from './dispatch/ping-redis.ts'
export { createEndedJobs, type EndedJob } from './jobs/ended-jobs.ts'
export {
  cancelJob,
  describeJob,
  describeJobOfOther,
  getJob,
  type Job,
  type JobDescription,
  type JobId,
  newJobId,
  parseJobId,
  restartJob,
} from './jobs/job.ts'
export { errorCodes, JobError } from './jobs/job-error.ts'
export { countWaitingJobs, describeJobStats, getJobStats, type JobStats } from './jobs/job-stats.ts'
export { listJobs } from './jobs/list-jobs.ts'
export type { QueuePlace } from './jobs/places.ts'
export { type JobOwner, QueueFullError } from './jobs/queue-limit.ts'
export {
  createJobQueue,
  type EarlierJob,
  type JobQueue,
  type NewJob,
  type Submitted,
} from './jobs/submit-job.ts'
export { type JobWatch, watchJobs } from './jobs/watch-jobs.ts'
export type { Handler, Task } from './work/run-job.ts'
export { startWorker } from './work/start-worker.ts'
export { createTurns } from './work/turns.ts'
