import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import './empty-database.ts'
import { makeSchema } from './make-schema.ts'

/** Makes the file that each test's database is a copy of. */
export default async (project: TestProject) => {
  const folder = await mkdtemp(join(tmpdir(), 'dsapi-template-'))
  const file = join(folder, 'schema.sqlite')
  await makeSchema(project.config.root, `sqlite:${file}`)
  project.provide('schemaTemplate', file)
  return () => rm(folder, { recursive: true, force: true })
}
