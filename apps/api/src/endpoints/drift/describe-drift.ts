import {
  type Drift,
  finiteBounds,
  neededPredictions,
  type StoredModel,
  type TooFewPredictions,
} from '@dsapi/registry'

type Shares = { readonly expectedShare: number; readonly actualShare: number }
type Bin = Shares & { readonly lower: number; readonly upper: number }

const sharesOf = ({ expectedShare, actualShare }: Shares) => ({
  expected_share: expectedShare,
  actual_share: actualShare,
})

const binOf = (bin: Bin) => ({ ...finiteBounds(bin), ...sharesOf(bin) })

/** A comparison as JSON. */
export const describeDrift = ({ name, tag }: StoredModel, drift: Drift) => ({
  ...{ state: 'compared', model: name, model_version: tag, training_rows: drift.trainingRows },
  ...{ predictions: drift.predictions, left_out: drift.leftOut, needed: neededPredictions },
  from: new Date(drift.from).toISOString(),
  to: new Date(drift.to).toISOString(),
  features: drift.features.map(
    ({ feature, psi, criticalValue, verdict, bins, texts, missing }) => ({
      ...{ feature, psi, critical_value: criticalValue, verdict, bins: bins.map(binOf) },
      ...(texts && {
        texts: texts.map(({ text, ...shares }) => ({
          ...(text !== undefined && { text }),
          ...sharesOf(shares),
        })),
      }),
      ...(missing && { missing: sharesOf(missing) }),
    }),
  ),
  answers: drift.answers.map(({ class: label, ...shares }) => ({
    ...{ class: label },
    ...sharesOf(shares),
  })),
  ...(drift.values && { values: drift.values.map(binOf) }),
})

const nothing = { from: null, to: null, features: [], answers: [] }

/** What is answered where there are too few predictions. */
export const describeTooFew = (
  { name, tag }: StoredModel,
  found: TooFewPredictions,
  { days, isLogging }: { readonly days: number; readonly isLogging: boolean },
) => {
  const { predictions, leftOut } = found
  const isLogged = isLogging || found.newestAt !== undefined
  const period = `in the last ${days === 1 ? 'day' : `${days} days`}`
  const others = leftOut === 0 ? '' : `, and ${leftOut} by versions with other features`
  return {
    ...{ state: isLogged ? 'too_few' : 'not_logged', model: name, model_version: tag },
    message: isLogged
      ? `${predictions} predictions were logged ${period}${others}: ${neededPredictions} are needed. Look further back, or try again later`
      : 'No prediction is logged. Start the server with DSAPI_PREDICTION_LOG=on',
    ...{ training_rows: 0, predictions, left_out: leftOut, needed: neededPredictions },
    ...nothing,
  }
}

/** What is answered where nothing is known of the data that the model was fitted to. */
export const describeNoTraining = ({ name, tag }: StoredModel) => ({
  ...{ state: 'no_training_data', model: name, model_version: tag },
  message: `Nothing is known of the training data: it is stored by dsapi model fit. Compare with the file that it was fitted to: dsapi model drift --name ${name} --data FILE --label COLUMN`,
  ...{ training_rows: 0, predictions: 0, left_out: 0, needed: neededPredictions },
  ...nothing,
})
