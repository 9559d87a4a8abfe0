import { neededPredictions, type TooFewPredictions } from '@dsapi/registry'
import { CliError } from '../../../terminal/cli-error.ts'
import { formatInstant } from '../../../terminal/output.ts'

/** Says why there is nothing to compare, and what to do. */
export const explainTooFew = (
  { predictions, leftOut, newestAt }: TooFewPredictions,
  days: number,
): CliError => {
  if (newestAt === undefined) {
    return new CliError(
      'No prediction is logged. Start the server with DSAPI_PREDICTION_LOG=on, and try again after some predictions.',
    )
  }
  const period = `in the last ${days === 1 ? 'day' : `${days} days`}`
  if (predictions + leftOut === 0) {
    return new CliError(
      `No prediction was logged ${period}; the newest is from ${formatInstant(newestAt)}. Look further back (--days), or check that the server runs with DSAPI_PREDICTION_LOG=on.`,
    )
  }
  const others = leftOut === 0 ? '' : ` (and ${leftOut} by models with other features)`
  return new CliError(
    `${predictions} predictions were logged ${period}${others}: too few to compare, ${neededPredictions} are needed. Look further back (--days), or try again later.`,
  )
}
