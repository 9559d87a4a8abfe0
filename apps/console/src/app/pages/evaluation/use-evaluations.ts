import type { Evaluation, ModelWithVersions } from '@dsapi/client'
import { type Asked, useAsked } from '../../state/use-asked.ts'

type Evaluations = { readonly evaluations: readonly Evaluation[] }

const pathOf = (name: string) => `/api/models/${encodeURIComponent(name)}`

export const useModel = (name: string): Asked<ModelWithVersions> => useAsked(pathOf(name))

/** The evaluations of a version, once it is known which one. */
export const useEvaluations = (name: string, version: string | undefined): Asked<Evaluations> =>
  useAsked(version === undefined ? undefined : `${pathOf(name)}/versions/${version}/evaluations`)

/** The versions to choose from. */
export const versionChoices = (model: ModelWithVersions | undefined) =>
  (model?.versions ?? []).map(
    ({ version, served }) => [String(version), `${version}${served ? ', served' : ''}`] as const,
  )
