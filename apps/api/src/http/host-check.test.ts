import { expect, test } from 'vitest'
import { createHostCheck } from './host-check.ts'

const isAllowed = createHostCheck(['metrics.internal', '[fe80::1]'])

test.each([
  undefined,
  'localhost',
  'LOCALHOST:9464',
  'localhost.',
  '127.0.0.1',
  '127.0.0.1:8000',
  '[::1]',
  '[::1]:9464',
  'metrics.internal',
  'Metrics.Internal:80',
  '[fe80::1]:1',
])('allows the host %s', (host) => {
  expect(isAllowed(host)).toBe(true)
})

test.each([
  '',
  'evil.example',
  'evil.example:9464',
  'localhost.evil.example',
  'localhost, evil.example',
  'localhost:80:80',
  'evil@localhost',
  '127.0.0.1.evil.example',
  '10.0.0.1',
  '[::2]',
  '::1',
  '[::1',
  'x'.repeat(100_000),
  `${'a.'.repeat(140)}:`,
])('refuses the host %s', (host) => {
  expect(isAllowed(host)).toBe(false)
})
