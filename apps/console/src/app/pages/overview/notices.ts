import type { Drift, JobStats, Key, Ready, Traffic } from '@dsapi/client'
import { formatCount } from '../../format.ts'

export type Notice = {
  readonly text: string
  /** The page that shows more. */
  readonly to: string
  readonly tone: 'bad' | 'warn'
}

type Known = {
  readonly ready: Ready | undefined
  readonly stats: JobStats | undefined
  readonly keys: readonly Key[] | undefined
  /** How many of the jobs that were submitted in the last hour have failed, counted up to `mostFailed`. */
  readonly failed: number | undefined
  readonly mostFailed: number
  /** Of the last hour. */
  readonly traffic: Traffic['total'] | undefined
  /** Of the model `default`, if it is there. */
  readonly drift: Drift | undefined
  readonly now: number
}

const dayMs = 86_400_000
const endsSoonMs = 14 * dayMs
const unusedMs = 90 * dayMs
const waitsLongSeconds = 60

/** What an operator should look at, the worst first. */
export const findNotices = (known: Known): readonly Notice[] => {
  const { ready, stats, keys = [], failed = 0, mostFailed, traffic, drift, now } = known
  const notices: Notice[] = []
  const add = (tone: Notice['tone'], to: string, text: string) => notices.push({ tone, to, text })
  const checks = ready?.checks
  if (checks?.database === 'unusable') add('bad', '/overview', 'The database cannot be used')
  if (checks?.model === 'missing') add('bad', '/models', 'There is no model')
  if (checks?.redis === 'away') add('warn', '/jobs', 'Redis cannot be reached: jobs start later')
  for (const name of checks?.models_down ?? [])
    add('bad', '/models', `The model ${name} cannot compute`)
  for (const { model, version } of checks?.model_problems ?? [])
    add('bad', '/models', `Version ${version} of ${model} cannot be served`)
  const waited = stats?.oldest_queued_seconds ?? 0
  if (waited > waitsLongSeconds)
    add('warn', '/jobs?state=queued', 'A job has waited for more than a minute')
  if (failed > 0) {
    const more = failed === mostFailed ? ' or more' : ''
    const count = `${formatCount(failed)}${more} ${failed === 1 ? 'job' : 'jobs'}`
    add('warn', '/jobs?state=failed', `${count} of the last hour failed`)
  }
  const broken = traffic?.server_errors ?? 0
  if (broken > 0) {
    const count = plural(broken, 'request was', 'requests were')
    add('bad', '/traffic?by=route', `${count} answered with a server error in the last hour`)
  }
  const shifted = drift?.features.filter(({ verdict }) => verdict === 'shifted') ?? []
  if (shifted.length > 0) {
    const count = plural(shifted.length, 'feature has', 'features have')
    add('warn', '/drift', `${count} shifted from the training data`)
  }
  const active = keys.filter(({ state }) => state === 'active')
  const isSoon = ({ expires_at: end }: Key) => end !== null && Date.parse(end) - now < endsSoonMs
  const ending = active.filter(isSoon).length
  if (ending > 0)
    add('warn', '/keys?state=active', `${plural(ending, 'key ends', 'keys end')} within 14 days`)
  const isUnused = ({ last_used_at: last, created_at: created }: Key) => {
    const since = last ?? created
    return since !== null && now - Date.parse(since) > unusedMs
  }
  const unused = active.filter(isUnused).length
  if (unused > 0)
    add(
      ...(['warn', '/keys?state=active'] as const),
      `${plural(unused, 'key was', 'keys were')} not used for 90 days`,
    )
  return notices.sort((a, b) => (a.tone === b.tone ? 0 : a.tone === 'bad' ? -1 : 1))
}

const plural = (count: number, one: string, many: string) =>
  `${formatCount(count)} ${count === 1 ? one : many}`
