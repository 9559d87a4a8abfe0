import { type Replay, replayPredictions } from '@dsapi/registry'
import { withOwnDatabase } from '../../../database/with-database.ts'
import { CliError } from '../../../terminal/cli-error.ts'
import { formatInstant, type Json, print, printJson, say } from '../../../terminal/output.ts'
import { drawChanges } from '../versions/draw-changes.ts'
import { referenceOf } from '../versions/version-words.ts'
import { withVersions } from '../versions/with-versions.ts'

type Version = { readonly name: string; readonly version: number }
type ReplayArguments = Json & { readonly days: number; readonly limit: number }

const dayMs = 86_400_000

export const replay = async (
  version: Version,
  { days, limit, json }: ReplayArguments,
): Promise<void> => {
  const since = Date.now() - days * dayMs
  const { replayed, featureNames } = await withOwnDatabase((db) =>
    withVersions(db, [version], async ([stored]) => ({
      replayed: await replayPredictions(db, stored, { since, limit }),
      featureNames: stored.model.info.featureNames,
    })),
  )
  const { changes, leftOut } = replayed
  if (changes.rows + changes.refused === 0) throw nothingLogged(version, days, leftOut)
  if (json) return printJson(describe(replayed))
  say(
    `${changes.rows + changes.refused} predictions of ${version.name}, ${formatInstant(replayed.from)} to ${formatInstant(replayed.to)}, answered again by ${referenceOf(version)}\n`,
  )
  const titles = {
    source: ['AT', 'VERSION'],
    cellsOf: (source: (typeof changes.worst)[number]['source']) => [
      formatInstant(source.at),
      String(source.version),
    ],
    ...{ before: 'ANSWERED', after: `BY ${referenceOf(version)}`, featureNames },
  }
  print(drawChanges(changes, titles))
  if (leftOut > 0) say(`\n${leftOut} predictions by versions that were removed were left out.`)
}

const nothingLogged = ({ name }: Version, days: number, leftOut: number) => {
  const period = `in the last ${days === 1 ? 'day' : `${days} days`}`
  return new CliError(
    leftOut > 0
      ? `All ${leftOut} predictions of ${name} that were logged ${period} are by versions that were removed. Their features are not known any more`
      : `No prediction of ${name} was logged ${period}. Look further back (--days), or start the server with DSAPI_PREDICTION_LOG=on and try again after some predictions`,
  )
}

const iso = (instant: number) => new Date(instant).toISOString()

const describe = ({ from, to, changes, leftOut }: Replay) => {
  const { worst, refusals, ...counts } = changes
  return {
    ...{ from: iso(from), to: iso(to), ...counts },
    worst: worst.map(({ source, ...row }) => ({
      ...{ at: iso(source.at), version: source.version },
      ...row,
    })),
    refusals: refusals.map(({ source, problem }) => ({
      ...{ at: iso(source.at), version: source.version, problem },
    })),
    leftOut,
  }
}
