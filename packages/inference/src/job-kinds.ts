/** What jobs compute with a model. The worker has a handler for each. */
export const jobKinds = ['slow-prediction', 'batch'] as const

export type JobKind = (typeof jobKinds)[number]
