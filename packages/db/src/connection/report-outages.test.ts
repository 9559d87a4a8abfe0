import { describeWithPostgres, startPostgres, waitFor } from '@dsapi/testing'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase, reportOutages } from '../index.ts'

describeWithPostgres('a database that is away', () => {
  test('is told of once, however many look for it, and once more when it is back', async () => {
    const server = await startPostgres()
    onTestFinished(server.stop)
    const db = await openDatabase({ url: server.url, connectTimeoutMs: 2000 })
    onTestFinished(() => db.destroy())
    const told: unknown[] = []
    const onError = reportOutages(db, {
      onUnreachable: () => told.push('away'),
      onReconnected: () => told.push('back'),
      onError: (error) => told.push(error),
    })
    const look = () => sql`select 1`.execute(db).catch(onError)

    await server.kill()
    for (let i = 0; i < 2; i++) await look()
    onError('something else')
    expect(told).toEqual(['away', 'something else'])
    await server.start()
    await waitFor(() => told.length > 2)
    await look()
    expect(told.slice(2)).toEqual(['back'])
    await server.kill()
    // A process of the server may answer once more before it knows that its parent has ended.
    await waitFor(async () => {
      await look()
      return told.length > 3
    })
    expect(told.slice(3)).toEqual(['away'])
  })
})
