import { onBothEngines } from '@dsapi/testing/on-both-engines'

export default onBothEngines(import.meta.dirname, {
  onSqliteOnly: [
    'src/background/background.test.ts',
    'src/connection/open-database.test.ts',
    'src/sqlite/same-file.test.ts',
    'test/backup/backup.test.ts',
    'test/backup/restore.test.ts',
  ],
})
