import type { Label } from '@dsapi/model'
import type { BatchBuilder } from '../batch-builder.ts'

/** Rows with the answers that the library gave which trained the model. */
export type Samples = {
  readonly rows: BatchBuilder
  /** One answer a row. */
  readonly expected: readonly ExpectedAnswer[]
  /** How far off a number may be; without it, as the precision of the model has it. */
  readonly tolerance?: number
  /** The share of the rows that may be answered otherwise, from 0 to 1. */
  readonly mayDiffer: number
}

/** What is expected of a row: its class, its numbers, or both. */
export type ExpectedAnswer = {
  /** Of a model that answers with classes. */
  readonly label?: Label
  /** The probabilities in the order of the classes, or the values in the order of their names. */
  readonly numbers?: readonly number[]
}

/** A file of samples cannot be read, or does not go with the model; the message says where and why. */
export class WrongSamplesError extends Error {
  override readonly name = 'WrongSamplesError'
}

/** The largest file of samples, in characters. */
export const longestSamples = 8 * 2 ** 20

/** The most rows that are checked: each process checks them at its start. */
export const mostSamples = 10_000

/** The most numbers in all rows: a short row may stand for many missing values. */
export const mostSampleNumbers = 4_000_000
