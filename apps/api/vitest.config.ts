import { onBothEngines } from '@dsapi/testing/on-both-engines'
import { mergeConfig } from 'vitest/config'

const onEngines = onBothEngines(import.meta.dirname, {
  onSqliteOnly: [
    'test/client/schemas.test.ts',
    'test/connections.test.ts',
    'test/console/files.test.ts',
    'test/console/routes.test.ts',
    'test/content.test.ts',
    'test/cross-origin.test.ts',
    'test/deploy.test.ts',
    'test/fast-path.test.ts',
    'test/hidden-paths.test.ts',
    'test/models/canary.test.ts',
    'test/models/swap.test.ts',
    'test/openapi/docs.test.ts',
    'test/openapi/document.test.ts',
    'test/openapi/examples.test.ts',
    'test/openapi/lint.test.ts',
    'test/predict-instances.test.ts',
    'test/raw-http.test.ts',
    'test/request-form.test.ts',
    'test/request-memory.test.ts',
  ],
})

// The largest suite: it runs for longest, and its tests wait for sockets half of the time.
export default mergeConfig(onEngines, { test: { maxWorkers: 2 } })
