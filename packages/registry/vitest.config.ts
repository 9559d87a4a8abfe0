import { onBothEngines } from '@dsapi/testing/on-both-engines'

export default onBothEngines(import.meta.dirname, {
  onSqliteOnly: ['src/batch/result-to-ndjson.test.ts'],
})
