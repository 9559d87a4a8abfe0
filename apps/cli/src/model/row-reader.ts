import type { Database } from '@dsapi/db'
import { type LoggedInput, loadModel } from '@dsapi/registry'

/**
 * Makes what gives the named features of a logged prediction, whichever version of the model answered it;
 * undefined where that one lacks some of them.
 */
export const createRowReader = (
  db: Database,
  names: readonly string[],
): ((input: LoggedInput) => Promise<readonly number[] | undefined>) => {
  const placesOf = new Map<number, readonly number[]>()
  const findPlaces = async (version: number) => {
    const featureNames = (await loadModel(db, version))?.model.featureNames ?? []
    return names.map((name) => featureNames.indexOf(name))
  }
  return async ({ version, features }) => {
    let places = placesOf.get(version)
    if (places === undefined) {
      places = await findPlaces(version)
      placesOf.set(version, places)
    }
    return places.includes(-1) ? undefined : places.map((place) => features[place])
  }
}
