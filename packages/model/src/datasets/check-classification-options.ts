import { ModelError } from '../errors.ts'
import { checkBoolean, checkMembers } from '../linear-model/check-options.ts'
import { show } from '../validation/show.ts'
import type { MakeClassificationOptions } from './classification-options.ts'

/** The options with their defaults filled in. */
export type ClassificationPlan = ReturnType<typeof withDefaults>

function withDefaults(options: MakeClassificationOptions) {
  return {
    nSamples: options.nSamples ?? 100,
    nFeatures: options.nFeatures ?? 20,
    nInformative: options.nInformative ?? 2,
    nRedundant: options.nRedundant ?? 2,
    nRepeated: options.nRepeated ?? 0,
    nClasses: options.nClasses ?? 2,
    nClustersPerClass: options.nClustersPerClass ?? 2,
    weights: options.weights ?? null,
    flipY: options.flipY ?? 0.01,
    classSep: options.classSep ?? 1,
    hypercube: options.hypercube ?? true,
    shift: options.shift === undefined ? 0 : options.shift,
    scale: options.scale === undefined ? 1 : options.scale,
    shuffle: options.shuffle ?? true,
  }
}

const SMALLEST_COUNTS = [
  ['nSamples', 1],
  ['nFeatures', 1],
  ['nInformative', 1],
  ['nRedundant', 0],
  ['nRepeated', 0],
  ['nClasses', 1],
  ['nClustersPerClass', 1],
] as const

const OPTIONS: readonly (keyof MakeClassificationOptions)[] = [
  ...SMALLEST_COUNTS.map(([name]) => name),
  ...(['weights', 'flipY', 'classSep', 'hypercube', 'shift', 'scale', 'shuffle'] as const),
  'randomState',
]

/** As many as an array of 32-bit indices can name. */
const MAX_CELLS = 2 ** 32 - 1

/**
 * Fills in scikit-learn's defaults.
 *
 * @throws {ModelError} `invalid_option`, naming the option and what was expected.
 */
export function checkClassificationOptions(options: MakeClassificationOptions): ClassificationPlan {
  checkMembers(options, OPTIONS, 'makeClassification')
  const plan = withDefaults(options)
  for (const [name, smallest] of SMALLEST_COUNTS) {
    if (!(Number.isInteger(plan[name]) && plan[name] >= smallest)) {
      refuse(`${name} is ${show(plan[name])}; expected an integer of at least ${smallest}`)
    }
  }
  if (plan.nSamples * plan.nFeatures > MAX_CELLS) {
    refuse(
      `nSamples * nFeatures is ${plan.nSamples * plan.nFeatures}; expected at most ${MAX_CELLS}`,
    )
  }
  for (const name of ['hypercube', 'shuffle'] as const) checkBoolean(name, plan[name])
  checkColumns(plan)
  checkWeights(plan)
  for (const name of ['flipY', 'classSep'] as const) checkFinite(name, plan[name])
  for (const name of ['shift', 'scale'] as const) checkPerColumn(name, plan)
  return plan
}

function checkColumns(plan: ClassificationPlan): void {
  const { nFeatures, nInformative, nRedundant, nRepeated } = plan
  const asked = nInformative + nRedundant + nRepeated
  if (asked > nFeatures) {
    refuse(
      `nInformative + nRedundant + nRepeated is ${asked}; expected at most nFeatures, ${nFeatures}`,
    )
  }
  const nClusters = plan.nClasses * plan.nClustersPerClass
  if (nClusters > 2 ** nInformative) {
    refuse(
      `nClasses * nClustersPerClass is ${nClusters}; expected at most 2^nInformative, ` +
        `${2 ** nInformative}: a cluster for each vertex`,
    )
  }
}

function checkWeights({ weights, nClasses }: ClassificationPlan): void {
  if (weights === null) return
  if (!Array.isArray(weights)) refuse(`weights is ${show(weights)}; expected an array`)
  if (weights.length !== nClasses && weights.length !== nClasses - 1) {
    refuse(`weights has ${weights.length} entries; expected ${nClasses} (nClasses) or one less`)
  }
  for (const [k, weight] of weights.entries()) {
    if (!(typeof weight === 'number' && weight >= 0 && weight <= 1)) {
      refuse(`weights[${k}] is ${show(weight)}; expected a share from 0 to 1`)
    }
  }
  const sum = weights.reduce((total, weight) => total + weight, 0)
  if (sum > 1 + 1e-9) refuse(`weights add up to ${sum}; expected at most 1`)
}

function checkPerColumn(
  name: 'shift' | 'scale',
  { [name]: value, nFeatures }: ClassificationPlan,
): void {
  if (value === null) return
  if (typeof value === 'number') {
    checkFinite(name, value)
    return
  }
  if (!Array.isArray(value)) refuse(`${name} is ${show(value)}; expected a number or an array`)
  if (value.length !== nFeatures) {
    refuse(`${name} has ${value.length} entries; expected one for each of ${nFeatures} columns`)
  }
  for (const [j, entry] of value.entries()) checkFinite(`${name}[${j}]`, entry)
}

function checkFinite(name: string, value: number): void {
  if (!Number.isFinite(value)) refuse(`${name} is ${show(value)}; expected a finite number`)
}

function refuse(message: string): never {
  throw new ModelError('invalid_option', message)
}
