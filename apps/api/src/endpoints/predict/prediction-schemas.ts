import {
  decimalPattern,
  type Feature,
  longestDecimal,
  type ModelInfo,
  type Output,
} from '@dsapi/inference'
import { z } from 'zod'

const decimal = z
  .string()
  .max(longestDecimal)
  .regex(decimalPattern)
  .meta({ description: 'A finite decimal number as text' })

/** The values that a feature may have, as JSON has them. */
const values = {
  number: z.union([z.number(), decimal]),
  integer: z.union([
    z.number().multipleOf(1).meta({ description: 'A whole number' }),
    decimal.meta({ description: 'A whole number as text' }),
  ]),
  boolean: z.union([
    z.boolean(),
    z.literal([0, 1]),
    z.enum(['true', 'false', 'True', 'False', '0', '1']),
  ]),
  text: z.string(),
} as const satisfies Readonly<Record<Feature['type'], z.ZodType>>

const valueSchema = ({ type, nullable }: Feature): z.ZodType =>
  nullable ? values[type].nullable() : values[type]

const memberSchema = (feature: Feature): z.ZodType =>
  feature.nullable ? valueSchema(feature).optional() : valueSchema(feature)

/** An array with a value for each feature: of any of the forms that they may have, if these differ. */
const rowSchema = (features: readonly Feature[]) => {
  const forms = new Map(features.map((feature) => [`${feature.type} ${feature.nullable}`, feature]))
  const [first, ...others] = [...forms.values()].map(valueSchema)
  const value = others.length === 0 ? first : z.union([first, ...others])
  const order = features.map(({ name }) => name).join(', ')
  return z
    .array(value)
    .length(features.length)
    .meta({ description: `A row as an array in the order ${order}` })
}

/** What a model answers to one row, and the part of it that a slow prediction is answered with. */
const answersOf = (output: Output) => {
  if (output.type === 'classes') {
    const { classes } = output
    const Class = z.literal([...classes]).meta({ description: 'One of the classes of the model' })
    const probabilities = z.array(z.number().min(0).max(1)).length(classes.length).meta({
      description: 'The probability of each class, in the order in which `Class` lists them',
    })
    return {
      named: { Class },
      Prediction: z.object({ class: Class, class_probabilities: probabilities }),
      SlowPrediction: z.object({ class: Class }),
    }
  }
  const { names } = output
  const shape =
    names.length === 1
      ? { value: z.number() }
      : { values: z.object(Object.fromEntries(names.map((name) => [name, z.number()]))) }
  return { named: {}, Prediction: z.object(shape), SlowPrediction: z.object(shape) }
}

/** What is asked of a model and what it answers, in its names and with its classes. The routes read such
 * bodies with a plain function (`parseFeatures`), which a test holds to these schemas. */
export const predictionSchemas = ({ features, output }: ModelInfo) => {
  const Features = z
    .looseObject(
      Object.fromEntries(features.map((feature) => [feature.name, memberSchema(feature)])),
    )
    .meta({
      description:
        "A row as an object with the names of the model's features. Other members are ignored.",
    })
  const { named, Prediction, SlowPrediction } = answersOf(output)
  return {
    requests: {
      Features,
      Instances: z.looseObject({ instances: z.array(z.union([Features, rowSchema(features)])) }),
    },
    answers: {
      ...named,
      Prediction,
      Predictions: z.object({ predictions: z.array(Prediction) }),
      SlowPrediction,
    },
    SlowResult: Prediction.extend({ model_version: z.string() }),
  }
}
