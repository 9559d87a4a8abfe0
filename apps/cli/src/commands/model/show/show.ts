import type { Database } from '@dsapi/db'
import { defaultModel, listVersions, type VersionSummary } from '@dsapi/registry'
import { withOwnDatabase } from '../../../database/with-database.ts'
import type { ModelReference } from '../../../terminal/arguments.ts'
import { UsageError } from '../../../terminal/cli-error.ts'
import { type Json, print, printJson, say } from '../../../terminal/output.ts'
import { loadServedModel } from '../served-model.ts'
import { describeVersion } from '../versions/describe-version.ts'
import { requireVersion } from '../versions/require-version.ts'
import { drawVersion } from './draw-version.ts'
import { drawCoefficients } from './logistic-regression.ts'
import { drawPythonCode } from './python-code.ts'
import { readSmallFile } from './read-small-file.ts'
import { writeArtifact } from './write-artifact.ts'

type ShowOptions = Json & { readonly version?: number; readonly artifact?: string }

export const show = (
  given: ModelReference | undefined,
  { version, artifact, json }: ShowOptions,
): Promise<void> =>
  withOwnDatabase(async (db) => {
    const shown = await find(db, wanted(given, version))
    const file = await readSmallFile(db, shown)
    if (json) printJson({ ...file, ...describeVersion(shown) })
    else {
      const versions = await listVersions(db, shown.name)
      print([drawVersion(shown, versions), ...drawFile(shown, file)].join('\n\n'))
    }
    if (artifact !== undefined) {
      await writeArtifact(db, shown, artifact)
      say(`Wrote the file of version ${shown.version} to ${artifact}.`)
    }
  })

const drawFile = ({ format, info }: VersionSummary, file: SmallFile): readonly string[] => {
  if (file === undefined || info === undefined) return []
  return [format === 'python' ? drawPythonCode(file) : drawCoefficients(file, info.featureNames)]
}

type SmallFile = Awaited<ReturnType<typeof readSmallFile>>

const wanted = (
  { name, version }: ModelReference = { name: defaultModel },
  option: number | undefined,
): ModelReference => {
  if (option === undefined) return { name, ...(version !== undefined && { version }) }
  if (version === undefined || version === option) return { name, version: option }
  throw new UsageError(`${name}@${version} and --version ${option} name two versions. Name one`)
}

const find = async (db: Database, { name, version }: ModelReference): Promise<VersionSummary> =>
  requireVersion(db, { name, version: version ?? (await loadServedModel(db, name)).version })
