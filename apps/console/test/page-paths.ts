import type { Server } from './start-server.ts'

type PagePath = readonly [name: string, pathOn: (server: Server) => string]

/** Every page of the console, by a name for its picture. */
export const pagePaths: readonly PagePath[] = [
  ['overview', () => '/overview'],
  ['playground', () => '/playground'],
  ['playground-curve', () => '/playground?m=three-classes&y='],
  ['jobs', () => '/jobs'],
  ['jobs-empty', () => '/jobs?id=ffffffff'],
  ['job', ({ batchId }) => `/jobs/${batchId}`],
  ['batches', () => '/batches'],
  ['models', () => '/models'],
  ['model', () => '/models/default'],
  ['evaluation', () => '/models/default/evaluation'],
  ['evaluation-classes', () => '/models/three-classes/evaluation'],
  ['evaluation-values', () => '/models/amount/evaluation'],
  ['evaluation-empty', () => '/models/default/evaluation?v=1'],
  ['compare', () => '/models/three-classes/compare'],
  ['compare-values', () => '/models/amount/compare'],
  ['compare-empty', () => '/models/default/compare'],
  ['keys', () => '/keys'],
  ['keys-empty', () => '/keys?q=nobody'],
  ['key', ({ admin }) => `/keys/${admin.stored.id}`],
  ['traffic', () => '/traffic'],
  ['traffic-empty', () => '/traffic?key=nobody'],
  ['drift', () => '/drift'],
  ['drift-empty', () => '/drift?model=three-classes'],
  ['audit', () => '/audit'],
  ['sessions', () => '/sessions'],
  ['not-found', () => '/nowhere'],
]
