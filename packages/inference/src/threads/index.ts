export { createComputingThreads } from './computing-threads.ts'
export { moduleBeside } from './module-beside.ts'
export type { QuestionKind, Questions } from './questions.ts'
export { ThreadEnded } from './thread-pool.ts'
