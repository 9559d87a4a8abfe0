import { type Database, putPiece } from '@dsapi/db'
import { emptyDatabase, waitFor } from '@dsapi/testing'
import { beforeEach, expect, test } from 'vitest'
import { add, fileOf, newHost, openNew } from '../../test/a-model.ts'
import { sha256Of } from '../artifacts/hash.ts'
import { expirePieces } from './expire-pieces.ts'

let db: Database
beforeEach(async () => {
  db = await openNew(await emptyDatabase())
})

const files = async () => {
  const rows = await db.selectFrom('artifact_pieces').select('sha256').distinct().execute()
  return rows.map(({ sha256 }) => sha256).toSorted()
}

test('what an addition that was cut has left is deleted after a day, and nothing else', async () => {
  const host = await newHost()
  const samples = '{"rows":[[0]],"expected":[0]}'
  await add(db, host, { now: 0, samples })
  const cut = async (sha256: string, now: number) => {
    for (let position = 0; position < 20; position++) {
      await putPiece(db, { sha256, position }, { content: Buffer.from('x'), now })
    }
  }
  await cut('old', 0)
  await cut('recent', Date.now() - 3_600_000)
  const errors: unknown[] = []
  const stop = expirePieces(db, (error) => errors.push(error))
  await waitFor(async () => !(await files()).includes('old'))
  await stop()
  expect(await files()).toEqual(['recent', sha256Of(fileOf()), sha256Of(samples)].toSorted())
  expect(errors).toEqual([])
})
