import fc, { type Arbitrary } from 'fast-check'

const deep = 100_000

/** Bodies that have broken readers of JSON elsewhere. */
const wickedBodies = [
  '['.repeat(deep),
  '['.repeat(deep) + ']'.repeat(deep),
  '{"a":'.repeat(deep),
  `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
  `{"instances":${'['.repeat(deep)}${']'.repeat(deep)}}`,
  `{"feature_a":${'['.repeat(deep)}${']'.repeat(deep)},"feature_b":1}`,
  '{"__proto__":{"polluted":true},"feature_a":1,"feature_b":1}',
  '{"constructor":{"prototype":{"polluted":true}},"name":"x"}',
  '{"instances":[{"__proto__":{"feature_a":1,"feature_b":1}}]}',
  '{"instances":{"length":1e9}}',
  '{"feature_a":1e999,"feature_b":-1e999}',
  '{"feature_a":123456789012345678901234567890,"feature_b":1e-999}',
  '{"feature_a":"\\ud800","feature_b":"\\u0000"}',
  '{"name":"\\ud800","note":"\\udfff\\ud800"}',
  '{"name":"a","daily_quota":9007199254740993}',
  '{"name":"a","name":"b","rate":"999999999/d","expires_in":"999999d"}',
  '\uFEFF{"feature_a":1,"feature_b":1}',
  '\u0000',
  '{"grace":"999999d"}',
  `"${'x'.repeat(200_000)}"`,
  `{"name":"${'\\u0000'.repeat(1000)}"}`,
].map((text) => Buffer.from(text))

/** Not UTF-8: a lone surrogate, an overlong slash, a byte that begins nothing. */
const wickedBytes = [
  Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
  Buffer.from([0xc0, 0xaf]),
  Buffer.from('{"name":"\xff\xfe"}', 'latin1'),
]

export const garbageBody: Arbitrary<Buffer> = fc.oneof(
  fc.constantFrom(...wickedBodies, ...wickedBytes),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((text) => Buffer.from(text)),
  fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text)),
)

/** Values that are seldom what was meant. */
export const strangeValue: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    ' ',
    0,
    -0,
    1e308,
    -1e308,
    5e-324,
    2 ** 53,
    [],
    {},
    [[]],
    'NaN',
    '1e999',
    '\u0000',
    '\ud800',
    '__proto__',
    'constructor',
    '../..',
    "' OR 1=1 --",
    '%s%n',
    '999999999999999d',
    'x'.repeat(2000),
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
)

/** What may stand in a header's value, and a little more: bytes beyond ASCII. */
const headerValue = fc
  .array(
    fc.integer({ min: 0x20, max: 0xff }).filter((byte) => byte !== 0x7f),
    { maxLength: 40 },
  )
  .map((bytes) => Buffer.from(bytes).toString('latin1'))

/** Headers that say how long the request is, or who asks, are tried by themselves elsewhere. */
const apart =
  /^(content-length|transfer-encoding|connection|host|expect|upgrade|x-api-key|authorization|trailer|te|keep-alive)$/i

const headerName = fc.oneof(
  fc.constantFrom(
    'Accept',
    'Content-Type',
    'Prefer',
    'Idempotency-Key',
    'Last-Event-ID',
    'X-Request-Id',
    'Range',
    'If-None-Match',
    'Content-Encoding',
    'X-Forwarded-For',
    'X-HTTP-Method-Override',
    'Cookie',
    '__proto__',
  ),
  fc.stringMatching(/^[a-zA-Z0-9!#$%&'*+.^_`|~-]{1,20}$/).filter((name) => !apart.test(name)),
)

export const strangeHeaders: Arbitrary<readonly (readonly [string, string])[]> = fc.array(
  fc.tuple(headerName, headerValue),
  { maxLength: 5 },
)

export const strangeQuery: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '?',
    '?&&==',
    '?__proto__=1',
    '?constructor[prototype]=1',
    '?limit=1&limit=2',
    '?%00=%ff',
    '?%',
  ),
  fc.webQueryParameters().map((query) => `?${query}`),
)

/** Segments of a path that are no id and no number. */
export const strangeSegment: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '%00',
    '%ff',
    '%',
    '%2e%2e',
    '..',
    '%2F',
    '__proto__',
    '1e999',
    'nan',
    "'",
    '0x10',
    '%F0%9F%98%80',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map(encodeURIComponent),
)
