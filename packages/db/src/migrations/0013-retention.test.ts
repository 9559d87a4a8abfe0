import { blankDatabase } from '@dsapi/testing'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openEarlier } from '../../test/open-earlier.ts'
import { listModelVersions, listWatchers, openDatabase } from '../index.ts'

test('versions that were replaced before age from the upgrade on, and others do not', async () => {
  const url = await blankDatabase()
  const earlier = await openEarlier('0012-turns', url)
  for (const version of [1, 2, 3, 4]) {
    await sql`insert into model_versions
      (name, version, sha256, artifact_sha256, size, format, options, created_at, created_by)
      values ('default', ${version}, 'a', 'a', 1, 'x', '{}', 1, 'cli:test')`.execute(earlier)
  }
  await sql`insert into named_models (name, last_version, served, history, canary, canary_share, changed_at)
    values ('default', 4, 3, '[1]', 2, 0.1, 1)`.execute(earlier)
  await earlier.destroy()
  const begun = Date.now()
  const db = await openDatabase({ url })
  onTestFinished(() => db.destroy())
  const versions = await listModelVersions(db, 'default')
  const replaced = versions.filter(({ unserved_at: at }) => at !== null)
  expect(replaced.map(({ version }) => version)).toEqual([1])
  expect(replaced[0].unserved_at).toBeGreaterThanOrEqual(begun)
  expect((await listWatchers(db)).map(({ holder }) => holder)).toEqual(['', '', ''])
})
