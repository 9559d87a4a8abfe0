import { expect, test } from 'vitest'
import { prefers } from './accept.ts'

const wantsProblem = (header: string | undefined) =>
  prefers(header, ['application/problem+json'], 'application/json')

test.each([
  'application/problem+json',
  'Application/Problem+JSON',
  'application/problem+json, application/json',
  'application/json, application/problem+json',
  'application/problem+json;q=0.5',
  'application/problem+json; charset=utf-8',
  'text/html, application/problem+json;q=0.9, */*;q=0.8',
  'application/json;q=0.8, application/problem+json;q=0.9',
  'application/problem+json, application/json;q=0',
])('%j asks for a problem document', (header) => {
  expect(wantsProblem(header)).toBe(true)
})

test.each([
  undefined,
  '',
  '*/*',
  'application/*',
  'application/json',
  'application/problem+json;q=0',
  'application/problem+json;q=0.0, */*',
  'application/problem+json;q=0.5, application/json',
  'application/problem+json;q=0.5, application/*',
  'application/problem+jsonx',
  'x-application/problem+json',
  'text/plain; a="application/problem+json"',
  ',;=',
])('%j does not', (header) => {
  expect(wantsProblem(header)).toBe(false)
})
