import { ModelError } from '@dsapi/model'

/** A score, or undefined where it has no meaning for the rows, as where all are of one class. */
export const whereItMakesSense = <T>(score: () => T): T | undefined => {
  try {
    return score()
  } catch (error) {
    if (error instanceof ModelError) return undefined
    throw error
  }
}
