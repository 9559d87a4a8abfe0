import { globSync, readFileSync } from 'node:fs'
import { buildDocument, operationsIn } from '@dsapi/api/reference'
import { expect, test } from 'vitest'
import { commandsPage } from './commands-page.ts'
import { exampleModel } from './example-model.ts'
import { findHouseWords } from './plain-english.ts'
import { publicPages, root } from './public-pages.ts'
import { settingsPage } from './settings-page.ts'

/** This list itself, and its tests. */
const ownFiles = /^tools\/docs\/plain-english/

const sources = globSync(
  [
    '{packages,apps}/*/src/**/*.{ts,js,css}',
    '{tools,bench}/**/*.{ts,mjs,py}',
    'deploy/**/*.{yaml,json,env,conf,service}',
    'Dockerfile',
  ],
  { cwd: root, exclude: (path) => /node_modules|\.test\.ts$/.test(path) },
)
  .filter((path) => !ownFiles.test(path))
  .toSorted()

test.each([
  ['const waitForTurn = () => {}', 'wait For Turn'],
  ['// Who waits gets an answer', 'Who waits'],
  ['Clients are told', 'told'],
  ['the sign-of-life column', 'sign of life'],
  ['while Redis is away', 'is away'],
])('%s is found', (text, word) => {
  expect(findHouseWords('file.ts', text)[0]).toContain(`file.ts:1: "${word}"; write: `)
})

test.each([
  'The row is the job. The attempt is the fencing token. A dispatcher is a doorbell.',
  'The primary hands connections out in turn, and takes what comes back.',
])('%s is left alone', (text) => {
  expect(findHouseWords('page.md', text)).toEqual([])
})

test('the pages use words that readers know', () => {
  const found = [...publicPages()].flatMap(([path, text]) => findHouseWords(path, text))
  expect(found).toEqual([])
})

test('the OpenAPI document uses words that readers know', () => {
  const document = buildDocument(exampleModel())
  const operations = operationsIn(document).map(({ operation }) => operation)
  const text = JSON.stringify({ ...document, operations }, null, 2)
  expect(findHouseWords('the OpenAPI document', text)).toEqual([])
})

test('the help of all commands uses words that readers know', () => {
  expect(findHouseWords('the help', commandsPage())).toEqual([])
})

test('the settings are described in words that readers know', () => {
  expect(findHouseWords('the settings', settingsPage())).toEqual([])
})

test('sources use words that readers know', () => {
  const found = sources.flatMap((path) => findHouseWords(path, readFileSync(root + path, 'utf8')))
  expect(found).toEqual([])
})
