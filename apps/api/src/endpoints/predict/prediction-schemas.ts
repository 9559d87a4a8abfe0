import { classesOf, decimalPattern, longestDecimal, type ModelInfo } from '@dsapi/inference'
import { z } from 'zod'

const number = z.union([
  z.number(),
  z
    .string()
    .max(longestDecimal)
    .regex(decimalPattern)
    .meta({ description: 'A finite decimal number as text' }),
])

/** What is asked of a model and what it answers, in its names and with its classes. The routes read such
 * bodies with a plain function (`parseFeatures`), which a test holds to these schemas. */
export const predictionSchemas = (model: ModelInfo) => {
  const { featureNames } = model
  const classes = classesOf(model)
  const Features = z
    .looseObject(Object.fromEntries(featureNames.map((name) => [name, number])))
    .meta({
      description:
        "A row as an object with the names of the model's features. Other members are ignored.",
    })
  const Class = z.literal([...classes]).meta({ description: 'One of the classes of the model' })
  const probabilities = z.array(z.number().min(0).max(1)).length(classes.length).meta({
    description: 'The probability of each class, in the order in which `Class` lists them',
  })
  const Prediction = z.object({ class: Class, class_probabilities: probabilities })
  return {
    requests: {
      Features,
      Instances: z.looseObject({
        instances: z.array(
          z.union([
            Features,
            z
              .array(number)
              .length(featureNames.length)
              .meta({ description: `A row as an array in the order ${featureNames.join(', ')}` }),
          ]),
        ),
      }),
    },
    answers: {
      Class,
      Prediction,
      Predictions: z.object({ predictions: z.array(Prediction) }),
      SlowPrediction: z.object({ class: Class }),
    },
    SlowResult: Prediction.extend({ model_version: z.string() }),
  }
}
