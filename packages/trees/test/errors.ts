import { TreesError } from '../src/index.ts'

/** The error that a call throws; anything but a TreesError is thrown on. */
export const errorOf = (call: () => unknown): TreesError => {
  try {
    call()
  } catch (error) {
    if (error instanceof TreesError) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}
