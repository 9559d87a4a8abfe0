import type { TestProject } from 'vitest/node'
import './empty-database.ts'
import { makeSchema } from './make-schema.ts'
import { startPostgres } from './postgres.ts'

const template = 'schema_template'

/** Starts one server for all tests of a package. Each test makes its own databases in it. */
export default async (project: TestProject) => {
  const server = await startPostgres({
    // Hundreds of small databases live for a moment each.
    settings: { max_connections: '400', autovacuum: 'off' },
  })
  await server.query(`create database ${template}`)
  await makeSchema(project.config.root, server.url.replace(/[^/]+$/, template))
  project.provide('postgresUrl', server.url)
  project.provide('schemaTemplate', template)
  return server.stop
}
