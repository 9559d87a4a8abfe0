import type { Scope } from '../api/session.ts'
import { Audit } from '../pages/audit.tsx'
import { Batches } from '../pages/batches.tsx'
import { Compare } from '../pages/compare.tsx'
import { Drift } from '../pages/drift.tsx'
import { Evaluation } from '../pages/evaluation.tsx'
import { Job } from '../pages/job.tsx'
import { Jobs } from '../pages/jobs.tsx'
import { Key } from '../pages/key.tsx'
import { Keys } from '../pages/keys.tsx'
import { Model } from '../pages/model.tsx'
import { Models } from '../pages/models.tsx'
import { Overview } from '../pages/overview.tsx'
import { Playground } from '../pages/playground.tsx'
import { Sessions } from '../pages/sessions.tsx'
import { Traffic } from '../pages/traffic.tsx'
import { match } from './match.ts'
import { isAllowed, type PageEntry } from './page-entry.ts'

/** All pages, in the order of the navigation. */
export const pages: readonly PageEntry[] = [
  {
    ...{ pattern: '/overview', scopes: ['admin'], page: Overview },
    nav: { text: 'Overview', icon: 'overview', key: 'o' },
  },
  {
    ...{ pattern: '/playground', scopes: ['predict'], page: Playground },
    nav: { text: 'Playground', icon: 'playground', key: 'p' },
  },
  {
    ...{ pattern: '/jobs', scopes: ['jobs', 'admin'], page: Jobs },
    nav: { text: 'Jobs', icon: 'jobs', key: 'j' },
  },
  { pattern: '/jobs/:id', scopes: ['jobs', 'admin'], page: Job },
  {
    ...{ pattern: '/batches', scopes: ['predict'], page: Batches },
    nav: { text: 'Batches', icon: 'batches', key: 'b' },
  },
  {
    ...{ pattern: '/models', scopes: ['predict', 'admin'], page: Models },
    nav: { text: 'Models', icon: 'models', key: 'm' },
  },
  { pattern: '/models/:name', scopes: ['predict', 'admin'], page: Model },
  { pattern: '/models/:name/evaluation', scopes: ['predict', 'admin'], page: Evaluation },
  { pattern: '/models/:name/compare', scopes: ['predict', 'admin'], page: Compare },
  {
    ...{ pattern: '/keys', scopes: ['admin'], page: Keys },
    nav: { text: 'Keys', icon: 'keys', key: 'k' },
  },
  { pattern: '/keys/:id', scopes: ['admin'], page: Key },
  {
    ...{ pattern: '/traffic', scopes: ['admin'], page: Traffic },
    nav: { text: 'Traffic', icon: 'traffic', key: 't' },
  },
  {
    ...{ pattern: '/drift', scopes: ['admin'], page: Drift },
    nav: { text: 'Drift', icon: 'drift', key: 'd' },
  },
  {
    ...{ pattern: '/audit', scopes: ['admin'], page: Audit },
    nav: { text: 'Audit', icon: 'audit', key: 'a' },
  },
  {
    ...{ pattern: '/sessions', scopes: ['admin'], page: Sessions },
    nav: { text: 'Sessions', icon: 'sessions', key: 's' },
  },
]

/** The page of a path, with its parameters. */
export const findPage = (path: string) => {
  for (const entry of pages) {
    const parameters = match(entry.pattern, path)
    if (parameters !== undefined) return { entry, parameters }
  }
  return undefined
}

/** The first page that scopes allow: where a person arrives after signing in. */
export const firstPage = (scopes: readonly Scope[]): string =>
  pages.find((page) => isAllowed(page, scopes))?.pattern ?? '/'
