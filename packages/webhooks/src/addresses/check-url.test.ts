import { describe, expect, test } from 'vitest'
import { readAllowedHosts } from './allowed-hosts.ts'
import { problemOfUrl } from './check-url.ts'

const none = readAllowedHosts([])

describe('without allowed hosts', () => {
  test.each([
    'https://example.com/hook?for=dsapi',
    'https://example.com:8443',
    'https://1.1.1.1/',
    'https://[2606:4700:4700::1111]/',
  ])('%s can be a webhook', (url) => {
    expect(problemOfUrl(url, none)).toBeUndefined()
  })

  test.each([
    ['example.com/hook', 'must be a URL such as'],
    ['ftp://example.com', 'must be a URL such as'],
    ['https://', 'must be a URL such as'],
    ['https://example.com/ä', 'must be a URL in visible ASCII'],
    ['https://example.com/ a', 'must be a URL in visible ASCII'],
    [`https://example.com/${'a'.repeat(2000)}`, 'must not be longer than 2000 characters'],
    ['https://me:hunter2@example.com', 'must not contain a user or a password'],
    ['https://example.com/#a', 'must not have a fragment'],
    ['http://example.com', 'must begin with https://'],
    ['https://127.0.0.1', 'must not be inside the network of the server: 127.0.0.1'],
    ['https://127.1', 'must not be inside'],
    ['https://2130706433', 'must not be inside'],
    ['https://0x7f.0.0.1', 'must not be inside'],
    ['https://0177.0.0.1', 'must not be inside'],
    ['https://[::1]:8000/', 'must not be inside the network of the server: ::1'],
    ['https://[::ffff:10.0.0.1]', 'must not be inside'],
    ['https://169.254.169.254/latest/meta-data', 'must not be inside'],
    ['https://localhost', 'must not be inside'],
    ['https://LOCALHOST.', 'must not be inside'],
    ['https://redis', 'must not be inside'],
    ['https://a.localhost', 'must not be inside'],
    ['https://metadata.google.internal', 'must not be inside'],
  ])('%s is refused with a reason', (url, problem) => {
    expect(problemOfUrl(url, none)).toContain(problem)
  })
})

test.each([
  'http://hooks.internal:8080/',
  'https://hooks.internal.',
  'http://127.0.0.1:9000/',
  'https://10.1.2.3',
  'http://[fd00::7]',
])('an allowed host may be inside and without TLS: %s', (url) => {
  const hosts = ['hooks.internal', '127.0.0.1', '10.1.0.0/16', 'fd00::/64']
  expect(problemOfUrl(url, readAllowedHosts(hosts))).toBeUndefined()
  expect(problemOfUrl('http://10.2.0.1', readAllowedHosts(hosts))).toContain('must not be inside')
  expect(problemOfUrl('http://example.com', readAllowedHosts(hosts))).toContain('https://')
})
