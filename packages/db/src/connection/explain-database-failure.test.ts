import { describe, expect, test } from 'vitest'
import { DatabaseError, DatabaseUnreachableError } from './errors.ts'
import { explainDatabaseFailure } from './explain-database-failure.ts'

const withCode = (code: string) => Object.assign(new Error('the reason'), { code })

describe('explainDatabaseFailure', () => {
  test.each([
    ['SQLITE_BUSY', 'unusable', /is locked by another process \(the reason\)/],
    ['SQLITE_BUSY_SNAPSHOT', 'unusable', /is locked/],
    ['SQLITE_READONLY', 'unusable', /cannot be opened for writing/],
    ['SQLITE_READONLY_DBMOVED', 'unusable', /moved or replaced/],
    ['SQLITE_CANTOPEN', 'unusable', /cannot be opened/],
    ['SQLITE_FULL', 'unusable', /disk is full/],
    ['SQLITE_IOERR_WRITE', 'unusable', /Look at the disk/],
    ['SQLITE_CORRUPT_VTAB', 'not_a_database', /is damaged/],
    ['SQLITE_NOTADB', 'not_a_database', /is not a SQLite database/],
  ])('says of SQLite what %s means', (code, kind, message) => {
    const failure = explainDatabaseFailure('sqlite:/data/x.sqlite', withCode(code))
    expect(failure).toMatchObject({ code: kind, message: expect.stringMatching(message) })
    expect(failure?.message).toContain('/data/x.sqlite')
  })

  test.each([
    ['53100', /disk is full/],
    ['53300', /too many connections/],
    ['57P03', /starting or stopping/],
    ['57014', /DSAPI_DATABASE_STATEMENT_SECONDS/],
    ['25006', /only be read/],
    ['40P01', /Try again/],
    ['42501', /lacks a right/],
    ['42P01', /db migrate/],
    ['28P01', /password is wrong/],
    ['XX001', /damaged/],
    ['58030', /Look at its log/],
  ])('says of PostgreSQL what %s means, also behind a lost connection', (code, message) => {
    const url = 'postgres://me:hunter2@db.example.com/dsapi'
    const cause = withCode(code)
    for (const error of [cause, new DatabaseUnreachableError('the reason', { cause })]) {
      const failure = explainDatabaseFailure(url, error)
      expect(failure?.message).toMatch(message)
      expect(failure?.message).toContain('postgres://db.example.com/dsapi cannot be used')
      expect(failure?.message).not.toContain('hunter2')
    }
  })

  test('says that a server without an answer should be started', () => {
    const error = new DatabaseUnreachableError('PostgreSQL does not answer', {
      cause: withCode('ECONNREFUSED'),
    })
    expect(explainDatabaseFailure('postgres://h/d', error)?.message).toContain('Start the server')
  })

  test('leaves what is said in words, and says nothing of a fault of ours', () => {
    const said = new DatabaseError('missing', 'There is no database')
    expect(explainDatabaseFailure('sqlite:x', said)).toBe(said)
    for (const error of [withCode('SQLITE_ERROR'), withCode('SQLITE_CONSTRAINT_UNIQUE'), 'x']) {
      expect(explainDatabaseFailure('sqlite:x', error)).toBeUndefined()
    }
    for (const error of [withCode('42601'), withCode('23505'), withCode('EPIPE')]) {
      expect(explainDatabaseFailure('postgres://h/d', error)).toBeUndefined()
    }
  })
})
