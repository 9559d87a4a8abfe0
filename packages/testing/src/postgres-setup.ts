import type { TestProject } from 'vitest/node'
import './empty-database.ts'
import { startPostgres } from './postgres.ts'

/** Starts one server for all tests of a package; each of them makes databases of its own in it. */
export default async (project: TestProject) => {
  const server = await startPostgres({ settings: { max_connections: '400' } })
  project.provide('postgresUrl', server.url)
  return server.stop
}
