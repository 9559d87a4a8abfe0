import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { createMemoryBudget } from './memory-budget.ts'

/** A response, as far as the budget knows one. */
const response = () => new EventEmitter() as ServerResponse

test('what is held counts until the response is closed', () => {
  const budget = createMemoryBudget(100)
  const first = response()
  budget.take(first, 60)
  expect(() => budget.take(response(), 41)).toThrow('no memory left')
  budget.take(response(), 40)
  expect(budget.heldBytes()).toBe(100)
  first.emit('close')
  expect(budget.heldBytes()).toBe(40)
})

test('a request may hold more or less than at first, but not more than there is', () => {
  const budget = createMemoryBudget(100)
  const held = budget.take(response(), 10)
  held.hold(100)
  expect(() => held.hold(101)).toThrow('no memory left')
  expect(budget.heldBytes()).toBe(100)
  held.hold(5)
  expect(budget.heldBytes()).toBe(5)
})

test('nothing is held for a response that is closed', () => {
  const budget = createMemoryBudget(100)
  const closed = response()
  const held = budget.take(closed, 10)
  closed.emit('close')
  held.hold(50)
  expect(budget.heldBytes()).toBe(0)
})
