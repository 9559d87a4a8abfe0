import type { TestProject } from 'vitest/node'
import './empty-database.ts'
import { startPostgres } from './postgres.ts'

/** Starts one server for all tests of a package. Each test makes its own databases in it. */
export default async (project: TestProject) => {
  const server = await startPostgres({ settings: { max_connections: '400' } })
  project.provide('postgresUrl', server.url)
  return server.stop
}
