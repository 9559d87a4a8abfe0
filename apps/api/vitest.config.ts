import { onBothEngines } from '@dsapi/testing/on-both-engines'

export default onBothEngines(import.meta.dirname, {
  onSqliteOnly: [
    'test/client/schemas.test.ts',
    'test/cross-origin.test.ts',
    'test/deploy.test.ts',
    'test/openapi/docs.test.ts',
    'test/openapi/document.test.ts',
    'test/openapi/lint.test.ts',
    'test/predict-instances.test.ts',
    'test/raw-http.test.ts',
    'test/fast-path.test.ts',
  ],
})
