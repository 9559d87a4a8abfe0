import { jobId, keyId } from './fill.ts'

/** What a page of the console asks for first, and again every so many milliseconds. */
export type Request = { readonly path: string; readonly everyMs?: number }
export type Page = { readonly name: string; readonly requests: readonly Request[] }

const every = (everyMs: number, path: string): Request => ({ path, everyMs })

const jobsPage = (name: string, query: string): Page => ({
  name: `jobs${name && `, ${name}`}`,
  requests: [every(2000, '/api/jobs/stats'), every(2000, `/api/jobs?all=true&limit=50${query}`)],
})

/** All pages for an admin. A page that has filters is there once for each of them. */
export const pagesAt = (now: number): readonly Page[] => {
  const ago = (ms: number) => encodeURIComponent(new Date(now - ms).toISOString())
  const hourMs = 3_600_000
  const traffic = (name: string, query: string): Page => ({
    name: `traffic, ${name}`,
    requests: [every(5000, `/api/traffic?${query}`)],
  })
  return [
    {
      name: 'overview',
      requests: [
        every(2000, '/api/readyz'),
        every(2000, '/api/jobs/stats'),
        every(5000, '/api/models'),
        every(5000, '/api/keys'),
        every(5000, '/api/traffic?window=1h&by=status'),
        every(5000, `/api/jobs?all=true&state=failed&since=${ago(hourMs)}&limit=100`),
      ],
    },
    jobsPage('', ''),
    ...['queued', 'running', 'succeeded', 'failed', 'cancelled'].map((state) =>
      jobsPage(state, `&state=${state}`),
    ),
    jobsPage('of a kind', '&kind=batch'),
    jobsPage('of the usual kind', '&kind=slow-prediction'),
    jobsPage('of a key', `&owner=${keyId(7)}`),
    jobsPage('failed, of a key', `&state=failed&owner=${keyId(7)}`),
    jobsPage('failed, of a kind', '&state=failed&kind=batch'),
    jobsPage('id', `&id_prefix=${jobId(now - hourMs, 0).slice(0, 9)}`),
    jobsPage('last hour', `&since=${ago(hourMs)}`),
    jobsPage('last 7 days', `&since=${ago(7 * 24 * hourMs)}`),
    {
      name: 'batches',
      requests: [{ path: '/api/models' }, every(2000, '/api/jobs?kind=batch&limit=10')],
    },
    { name: 'keys', requests: [every(5000, '/api/keys')] },
    {
      name: 'key',
      requests: [
        every(5000, `/api/keys/${keyId(7)}`),
        every(5000, `/api/audit?target=${keyId(7)}`),
      ],
    },
    traffic('an hour by route', 'window=1h&by=route'),
    traffic('7 days by route', 'window=7d&by=route'),
    traffic('7 days by status', 'window=7d&by=status'),
    traffic('an hour of a key', `window=1h&by=route&key=${keyId(7)}`),
    {
      name: 'traffic, an hour by key',
      requests: [every(5000, '/api/traffic?window=1h&by=key'), { path: '/api/keys' }],
    },
    { name: 'models', requests: [every(5000, '/api/models')] },
    { name: 'model', requests: [every(5000, '/api/models/default')] },
    { name: 'drift', requests: [{ path: '/api/models' }, { path: '/api/drift?days=7' }] },
    { name: 'audit', requests: [every(5000, '/api/audit?limit=50')] },
    { name: 'sessions', requests: [every(5000, '/sessions')] },
  ]
}

/** The pages of eight tabs that are looked at all at once. */
export const openTabs = [
  'overview',
  'jobs',
  'jobs, failed',
  'batches',
  'keys',
  'traffic, an hour by route',
  'models',
  'audit',
] as const
