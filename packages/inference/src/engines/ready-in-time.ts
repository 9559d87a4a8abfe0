import { setTimeout } from 'node:timers/promises'
import type { EngineMember } from './engine-member.ts'

/**
 * What a member reports when it is ready.
 *
 * @throws Error when it is not in time, ends before, or cannot be; it is ended then
 */
export const readyInTime = async <Hello>(
  member: EngineMember<Hello>,
  limitMs: number,
): Promise<Hello> => {
  const waiting = new AbortController()
  const { signal } = waiting
  const late = async () => {
    await setTimeout(limitMs, undefined, { signal })
    throw new Error(`The engine was not ready within ${limitMs / 1000} seconds`)
  }
  const ended = async () => {
    throw new Error(`The engine ended before it was ready: ${await member.ended}`)
  }
  try {
    return await Promise.race([member.ready, late(), ended()])
  } catch (error) {
    member.end()
    await member.ended
    throw error
  } finally {
    waiting.abort()
  }
}
