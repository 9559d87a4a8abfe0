import type { Database } from '@dsapi/db'
import type { Row } from '@dsapi/inference'
import type { LoggedInput } from '../prediction-log/logged-inputs.ts'
import { findVersion } from '../versions/model-summary.ts'

/**
 * Returns a function that reads the named features of a logged prediction by any version of the model; undefined if
 * that version lacks some of them.
 */
export const createRowReader = (
  db: Database,
  name: string,
  names: readonly string[],
): ((input: LoggedInput) => Promise<Row | undefined>) => {
  const placesOf = new Map<number, readonly number[]>()
  const findPlaces = async (version: number) => {
    const found = await findVersion(db, { name, version })
    const featureNames = found?.info?.featureNames ?? []
    const placeOf = new Map(featureNames.map((feature, place) => [feature, place]))
    return names.map((feature) => placeOf.get(feature) ?? -1)
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
