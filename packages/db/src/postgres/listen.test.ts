import { describeWithPostgres, startPostgres, waitFor } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { announceJobs, openDatabase, watchDatabase } from '../index.ts'

describeWithPostgres('who listens on PostgreSQL', () => {
  const watching = async () => {
    const server = await startPostgres()
    onTestFinished(server.stop)
    const db = await openDatabase({ url: server.url })
    onTestFinished(() => db.destroy())
    let told = 0
    const watch = await watchDatabase(db, () => told++)
    onTestFinished(watch.stop)
    await waitFor(watch.works)
    return { server, db, watch, told: () => told }
  }

  test('is told of an announcement', async () => {
    const { db, told } = await watching()
    const before = told()
    await announceJobs(db)
    await waitFor(() => told() > before)
  })

  test('knows that it hears nothing while the server is away, and looks once when it is back', async () => {
    const { server, watch, told } = await watching()
    await server.kill()
    await waitFor(() => !watch.works())
    const before = told()
    await server.start()
    await waitFor(watch.works)
    expect(told()).toBe(before + 1)
  })

  test('hears again after its connection was cut', async () => {
    const { server, db, watch, told } = await watching()
    await server.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dsapi'",
    )
    await waitFor(() => !watch.works())
    await waitFor(watch.works)
    const before = told()
    await announceJobs(db)
    await waitFor(() => told() > before)
  })
})
