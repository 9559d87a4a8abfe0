import { type Feature, isRecord, type Label, type ModelInfo, type Output } from '@dsapi/inference'

/** What the runner reports of the model when it is ready. */
export type Hello = {
  readonly features: readonly Feature[]
  readonly output: Output
  /** Of Python and of libraries, by their names. */
  readonly versions: Readonly<Record<string, string>>
}

/** The version of the messages that `runner.py` speaks. */
const protocol = 1
const types = ['number', 'integer', 'boolean', 'text'] as const

/**
 * Reads what the runner reports.
 *
 * @throws Error when it cannot serve the model; when features, classes or outputs are not what they should be
 */
export const readHello = (head: Readonly<Record<string, unknown>>): Hello => {
  if (head.op === 'error') throw new Error(String(head.message))
  if (head.protocol !== protocol) throw new Error(`The runner speaks version ${head.protocol}`)
  const features = Array.isArray(head.features) ? head.features.map(readFeature) : []
  if (features.length === 0) throw new Error('The model has no features')
  checkUnique(
    'feature',
    features.map(({ name }) => name),
  )
  return { features, output: readOutput(head.output), versions: readVersions(head.versions) }
}

const readFeature = (value: unknown): Feature => {
  const shown = JSON.stringify(value)
  if (!isRecord(value) || typeof value.name !== 'string' || value.name === '') {
    throw new Error(`A feature needs a name: ${shown}`)
  }
  const type = types.find((known) => known === value.type)
  if (type === undefined) throw new Error(`The type of a feature is one of ${types}: ${shown}`)
  return { name: value.name, type, nullable: value.nullable === true }
}

const readOutput = (value: unknown): Output => {
  if (isRecord(value) && Array.isArray(value.classes) && value.classes.every(isLabel)) {
    checkUnique('class', value.classes)
    if (value.classes.length < 2) throw new Error('A model needs two classes or more')
    return { type: 'classes', classes: value.classes }
  }
  if (isRecord(value) && Array.isArray(value.names) && value.names.every(isText)) {
    checkUnique('output', value.names)
    return { type: 'values', names: value.names }
  }
  throw new Error(`Classes must be numbers or texts: ${JSON.stringify(value)}`)
}

const readVersions = (value: unknown) =>
  Object.fromEntries(
    Object.entries(isRecord(value) ? value : {}).map(([name, version]) => [name, String(version)]),
  )

const isText = (value: unknown) => typeof value === 'string'
const isLabel = (value: unknown): value is Label => isText(value) || typeof value === 'number'

const checkUnique = (what: string, names: readonly Label[]) => {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new Error(`The model has the ${what} ${twice} twice`)
}

/**
 * What is known of a Python model.
 *
 * @param rename other names for some features
 */
export const infoOf = (
  { features, output, versions }: Hello,
  rename: Readonly<Record<string, string>>,
): ModelInfo => {
  const renamed = features.map((feature) => ({
    ...feature,
    name: Object.hasOwn(rename, feature.name) ? rename[feature.name] : feature.name,
  }))
  return {
    format: 'python',
    producer: Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    precision: 'float64',
    features: renamed,
    featureNames: renamed.map(({ name }) => name),
    output,
  }
}
