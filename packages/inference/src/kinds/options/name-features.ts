import { featureNameProblem } from '@dsapi/model'
import type { ModelOptions } from '../../model-options.ts'
import { shorten } from '../../protocols/shorten.ts'
import { ModelOptionsError } from '../model-options-error.ts'

/**
 * The names under which requests give the features: those of the file, or of the option `features`; then the option
 * `rename` changes some.
 *
 * @param inFile in the order of the model
 * @throws ModelOptionsError when the options do not fit, two features have one name, or a name cannot be used
 * in a path, in JSON and in CSV
 */
export const nameFeatures = (
  inFile: readonly string[],
  { features, rename = {} }: ModelOptions,
): readonly string[] => {
  if (features !== undefined && features.length !== inFile.length) {
    throw new ModelOptionsError(
      `The model has ${inFile.length} features, but the option \`features\` names ${features.length}`,
    )
  }
  const before = features ?? inFile
  checkRenamed(before, rename)
  const names = before.map((name) => (Object.hasOwn(rename, name) ? rename[name] : name))
  checkDistinct(
    names,
    names.every((name, place) => name === inFile[place]),
  )
  return names
}

const checkRenamed = (names: readonly string[], rename: Readonly<Record<string, string>>) => {
  const known = new Set(names)
  for (const name of Object.keys(rename)) {
    if (known.has(name)) continue
    throw new ModelOptionsError(
      `The option \`rename\` has ${quote(name)}, which is no feature of the model`,
    )
  }
}

const checkDistinct = (names: readonly string[], isOfFile: boolean) => {
  const seen = new Set<string>()
  for (const [place, name] of names.entries()) {
    const problem = featureNameProblem(name)
    if (problem !== undefined) {
      throw new ModelOptionsError(
        `The name of feature ${place + 1}, ${quote(name)}, ${problem}. ${advice}`,
      )
    }
    if (seen.has(name)) {
      const where = isOfFile ? 'Several features' : 'By the options, several features'
      throw new ModelOptionsError(`${where} are named ${quote(name)}. ${advice}`)
    }
    seen.add(name)
  }
}

const advice = 'Give all features names of their own, in the order of the model: --features a,b,c'

const quote = (name: string) => JSON.stringify(shorten(name))
