import type { EndReporter } from './job-end.ts'
import { reportToWebhook } from './webhook-reporter.ts'

/**
 * What is written together with a job's end, besides its row. The metrics need nothing: they count the rows
 * (`ended-jobs.ts`). A reporter writes only about jobs that somebody wants to hear of, since one more row for each job costs
 * time in the commit that all jobs wait for.
 */
export const endReporters: EndReporter[] = [reportToWebhook]
