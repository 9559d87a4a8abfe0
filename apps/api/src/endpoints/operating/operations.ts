import { json, jsonOf, type Operation } from '../../openapi/operation.ts'

/** The name of a folder or a page of the documentation. */
const pageName = { type: 'string', pattern: '^[a-z0-9][a-z0-9.-]*$' } as const

const open = {
  method: 'get',
  tag: 'Operations',
  scope: undefined,
  errors: ['invalid_request'],
} as const

const alive = (id: string, path: string): Operation => ({
  ...open,
  id,
  path,
  summary: 'Whether the process lives',
  answers: { 200: { description: 'It does', content: jsonOf('Alive') } },
  examples: [{ name: 'alive', status: 200, answer: { type: json, value: { status: 'ok' } } }],
})

const ready: Operation = {
  ...open,
  id: 'readyz',
  path: '/readyz',
  summary: 'Whether requests should come here',
  description:
    'Without Redis it is `degraded`, and still 200: jobs are taken, and found by the workers themselves.',
  answers: {
    200: { description: 'They should', content: jsonOf('Ready') },
    503: {
      description: 'They should not: no database, no model, or it stops',
      content: jsonOf('Ready'),
    },
  },
  examples: [
    {
      name: 'ready',
      status: 200,
      answer: {
        type: json,
        value: { status: 'ready', checks: { database: 'ok', model: 'ok', redis: 'unused' } },
      },
    },
    {
      name: 'unavailable',
      status: 503,
      answer: {
        type: json,
        value: {
          status: 'unavailable',
          checks: { database: 'ok', model: 'missing', redis: 'unused' },
        },
      },
    },
  ],
}

const metrics: Operation = {
  ...open,
  id: 'metrics',
  path: '/metrics',
  summary: 'Metrics for Prometheus',
  description:
    'Only where `DSAPI_METRICS_PORT` is `api`: from the machine itself, under a name of loopback, and not through a proxy. Otherwise the metrics have a port of their own, and this path is unknown.',
  answers: {
    200: {
      description: 'The metrics in the text format of Prometheus',
      content: { 'text/plain': { type: 'string' } },
    },
  },
  errors: ['missing_api_key'],
  examples: [{ name: 'metrics', status: 200 }],
}

const document: Operation = {
  ...open,
  id: 'openapi',
  path: '/openapi.json',
  summary: 'This document',
  description: 'With the names and classes of the model that is served now.',
  answers: {
    200: {
      description: 'OpenAPI 3.1',
      headers: ['X-Model-Version', 'Cache-Control'],
      content: { [json]: { type: 'object', properties: { openapi: { type: 'string' } } } },
    },
  },
  examples: [{ name: 'document', status: 200 }],
}

const page = {
  headers: ['Content-Security-Policy', 'Cache-Control'],
  content: { 'text/html': { type: 'string' } },
} as const

const docs: readonly Operation[] = [
  {
    ...open,
    id: 'docs',
    path: '/docs',
    summary: 'Documentation: first page',
    description: 'The manual, searchable. It loads nothing from other hosts.',
    answers: { 200: { description: 'The page', ...page } },
    examples: [{ name: 'page', status: 200 }],
  },
  {
    ...open,
    id: 'docsPage',
    path: '/docs/{folder}/{page}',
    summary: 'Documentation: one page or picture',
    description: 'Without a key, a path that is no page answers 401, as every unknown path does.',
    parameters: [
      { name: 'folder', in: 'path', required: true, schema: pageName },
      { name: 'page', in: 'path', required: true, schema: pageName },
    ],
    answers: { 200: { description: 'The page', ...page } },
    errors: [
      'invalid_request',
      {
        code: 'missing_api_key',
        message: 'No API Key provided',
        parameters: { folder: 'guides', page: 'none' },
      },
      {
        code: 'not_found',
        message: 'Not found',
        parameters: { folder: 'guides', page: 'none' },
      },
    ],
    examples: [
      { name: 'page', status: 200, parameters: { folder: 'reference', page: 'settings' } },
    ],
  },
  {
    ...open,
    id: 'apiReference',
    path: '/docs/api',
    summary: 'Documentation: this API',
    description: 'The OpenAPI document as a page with a form for each operation.',
    answers: { 200: { description: 'The page', ...page } },
    examples: [{ name: 'page', status: 200 }],
  },
  {
    ...open,
    id: 'docsSearch',
    path: '/docs/search.json',
    summary: 'Documentation: search index',
    description: 'Headings and texts of the manual and the operations of this API.',
    answers: {
      200: {
        description: 'The sections',
        headers: ['Cache-Control'],
        content: { [json]: { type: 'array', items: { type: 'object' } } },
      },
    },
    examples: [{ name: 'index', status: 200 }],
  },
]

/** What is asked by those who look after the process, or want to know what it can do. */
export const operatingOperations = (): readonly Operation[] => [
  alive('livez', '/livez'),
  alive('healthz', '/healthz'),
  ready,
  metrics,
  document,
  ...docs,
]
