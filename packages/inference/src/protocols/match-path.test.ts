import { expect, test } from 'vitest'
import { matchPath } from './match-path.ts'

const versioned = '/v2/models/{model}/versions/{version}/infer'

test.each([
  ['/v2', '/v2', {}],
  ['/v2', '/v2/', {}],
  [versioned, '/v2/models/a.b-c/versions/3/infer', { model: 'a.b-c', version: '3' }],
  ['/v1/models/{model}:predict', '/v1/models/a:predict', { model: 'a' }],
  ['/v1/models/{model}:predict', '/v1/models/a%3Apredict', { model: 'a' }],
  ['/v1/models/{model}', '/v1/models/a%2Fb', { model: 'a/b' }],
])('%s matches %s', (template, path, names) => {
  expect(matchPath(template, path)).toEqual(names)
})

test.each([
  ['another path', '/v2', '/v1'],
  ['a longer path', '/v2/models/{model}', '/v2/models/a/b'],
  ['a name that is empty', '/v1/models/{model}:predict', '/v1/models/:predict'],
  ['what is no percent-encoding', '/v2/models/{model}', '/v2/models/%ff'],
])('%s does not match', (_, template, path) => {
  expect(matchPath(template, path)).toBeUndefined()
})
