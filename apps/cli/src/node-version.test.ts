import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { complaintAboutNode, oldestNode } from './node-version.ts'

test.each(['v24.15.1', 'v22.23.3', 'v9.11.2'])('Node %s is refused, with what to do', (version) => {
  expect(complaintAboutNode(version)).toBe(
    `Node ${version} is too old: install Node ${oldestNode} or newer`,
  )
})

test.each(['v24.16.0', 'v24.21.0', 'v26.0.0', 'v100.0.0'])('Node %s is new enough', (version) => {
  expect(complaintAboutNode(version)).toBeUndefined()
})

test('the package asks npm for the same Node', () => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  expect(JSON.parse(manifest).engines.node).toBe(`>=${oldestNode}`)
})
