import { onBothEngines } from '@dsapi/testing/on-both-engines'
import { mergeConfig } from 'vitest/config'

const onEngines = onBothEngines(import.meta.dirname, {
  onSqliteOnly: [
    'test/backup.test.ts',
    'test/client-readme.test.ts',
    'test/export-helper.test.ts',
    'test/lost-file.test.ts',
    'test/manual.test.ts',
    'test/model-guides.test.ts',
    'test/operations.test.ts',
    'test/platforms.test.ts',
    'test/processes.test.ts',
    'test/trouble.test.ts',
    'test/watchdog.test.ts',
  ],
})

// These tests wait for processes most of the time.
export default mergeConfig(onEngines, { test: { maxWorkers: 3 } })
