import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { numberThat, oneOf } from '../../../terminal/arguments.ts'

/** From which probability on the second of two classes is answered. */
type Threshold =
  | { readonly type: 'fixed'; readonly threshold: number }
  | { readonly type: 'f1' }
  | { readonly type: 'cost'; readonly falsePositive: number; readonly falseNegative: number }

/** Options for what a model answers, beside those of the fit itself. */
export type DecisionArguments = {
  readonly calibrate?: 'sigmoid' | 'isotonic'
  readonly threshold?: Threshold
}

const probability = numberThat((value) => value >= 0 && value <= 1, 'a number from 0 to 1')
const cost = numberThat((value) => value >= 0 && value <= 1e9, 'a number from 0 to 1e9')

const readThreshold = (text: string): Threshold => {
  if (text === 'best-f1') return { type: 'f1' }
  const costs = text.split(':')
  if (costs[0] !== 'cost') return { type: 'fixed', threshold: probability(text) }
  if (costs.length !== 3) {
    throw new InvalidArgumentError(
      'It must be cost:P:N, such as cost:1:5: what a false positive costs, and a false negative.',
    )
  }
  return { type: 'cost', falsePositive: cost(costs[1]), falseNegative: cost(costs[2]) }
}

export const addDecisionOptions = (command: Command): Command =>
  command
    .option(
      '--calibrate <method>',
      'make probabilities agree with how often classes occur: sigmoid or isotonic',
      oneOf('sigmoid', 'isotonic'),
    )
    .option(
      '--threshold <value>',
      'probability from which the second of two classes is answered: a number, best-f1, or cost:P:N with the costs of a false positive and a false negative',
      readThreshold,
    )
