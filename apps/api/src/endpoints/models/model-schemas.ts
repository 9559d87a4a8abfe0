import { modelNamePattern } from '@dsapi/registry'
import { z } from 'zod'
import { instant } from '../../openapi/common-schemas.ts'

const name = z.string().meta({ pattern: modelNamePattern })
const version = z.int().min(1)
const tag = z.string().meta({
  description: 'The version and the first characters of its hash, as `X-Model-Version` has it',
})
const label = z.union([z.number(), z.string()])

const ModelFeature = z
  .object({
    name: z.string(),
    type: z.enum(['number', 'integer', 'boolean', 'text']),
    nullable: z.boolean().meta({ description: 'Whether the value may be missing' }),
    categories: z
      .array(label)
      .optional()
      .meta({ description: 'The only values that the feature has, if they are known' }),
  })
  .meta({ description: 'A feature of a model' })

const ModelOutput = z
  .union([
    z.object({
      type: z.literal('classes'),
      classes: z.array(label),
      threshold: z.number().optional().meta({
        description: 'The probability from which the second of two classes is answered',
      }),
    }),
    z.object({ type: z.literal('values'), names: z.array(z.string()) }),
  ])
  .meta({ description: 'What a model answers: one of its classes, or values' })

/** What is known of a version without loading it; null where its file is damaged. */
const described = {
  format: z.string(),
  producer: z.string().nullable(),
  features: z.array(ModelFeature).nullable(),
  output: ModelOutput.nullable(),
}

const Model = z
  .object({
    name,
    version: version.meta({ description: 'The version that is served' }),
    model_version: tag.nullable(),
    ...described,
    format: z.string().nullable(),
    canary: z
      .object({ version, share: z.number() })
      .nullable()
      .meta({ description: 'The version that gets a share of the requests, from 0 to 1' }),
    shadow: version
      .nullable()
      .meta({ description: 'The version that answers copies of requests, for comparison only' }),
    changed_at: instant,
  })
  .meta({ description: 'A model with what its served version asks and answers' })

const ModelVersion = z
  .object({
    name,
    version,
    model_version: tag,
    sha256: z.string().meta({ description: 'The SHA-256 of the file and its options' }),
    size: z.int().meta({ description: 'The size of the file in bytes' }),
    ...described,
    options: z.record(z.string(), z.unknown()),
    has_samples: z.boolean(),
    created_at: instant,
    served: z.boolean(),
    canary_share: z.number().nullable(),
    shadow: z.boolean(),
  })
  .meta({ description: 'A version of a model' })

const AddedVersion = z.object({
  name,
  version,
  model_version: tag,
  sha256: z.string(),
  format: z.string(),
  served: z.boolean(),
  warnings: z.array(z.string()),
})

/** A value of a row, whatever its model takes. */
const anyValue = z.union([z.number(), z.string(), z.boolean(), z.null()])
const AnyFeatures = z
  .record(z.string(), anyValue)
  .meta({ description: "A row as an object with the names of the model's features" })

const AnyPrediction = z
  .union([
    z.object({ class: label, class_probabilities: z.array(z.number().min(0).max(1)) }),
    z.object({ value: z.number() }),
    z.object({ values: z.record(z.string(), z.number()) }),
  ])
  .meta({
    description:
      'What a model answers to a row: a class with the probability of each class, a value, or several values by their names',
  })

/** The text of a share in per cent as a number from 0 to 1. */
const share = z
  .string()
  .regex(/^\d{1,2}(?:\.\d{1,4})?%$/, 'must be a share of the requests below 100%, such as 10%')
  .transform((text) => Number(text.slice(0, -1)) / 100)
  .meta({ description: 'A share of the requests, such as `10%`. `0%` ends the canary' })

export const servedChange = z
  .strictObject({
    version,
    canary: share.optional(),
    shadow: z.boolean().optional().meta({ description: '`false` ends the shadow' }),
  })
  .refine(({ canary, shadow }) => canary === undefined || shadow === undefined, {
    message: 'must not have both canary and shadow',
  })

export const modelSchemas = {
  requests: {
    AnyFeatures,
    AnyInstances: z.strictObject({
      instances: z.array(z.union([AnyFeatures, z.array(anyValue)])),
    }),
    ServedChange: servedChange,
  },
  answers: {
    ModelFeature,
    ModelOutput,
    Model,
    ModelList: z.object({ models: z.array(Model) }),
    ModelWithVersions: Model.extend({
      versions: z.array(ModelVersion).meta({ description: 'The newest first' }),
    }),
    ModelVersion,
    AddedVersion,
    AnyPrediction,
    AnyPredictions: z.object({ predictions: z.array(AnyPrediction) }),
  },
}
