import { execFileSync } from 'node:child_process'

/** A Python that can import scikit-learn. */
export interface ScikitLearn {
  readonly python: string
  readonly version: string
}

const script = 'import sklearn; print(sklearn.__version__)'

/** Where it is looked for without `DSAPI_PYTHON`. Debian's package is only for the second one. */
const usualPythons: readonly string[] = ['python3', '/usr/bin/python3']

/**
 * The first Python with scikit-learn: the one that `DSAPI_PYTHON` names and no other, else one of the
 * usual ones.
 */
export const findScikitLearn = (
  environment: Readonly<Record<string, string | undefined>>,
  usual: readonly string[] = usualPythons,
): ScikitLearn | undefined => {
  for (const python of pythonsOf(environment, usual)) {
    const version = versionOf(python)
    if (version !== undefined) return { python, version }
  }
  return undefined
}

/** The message if there is none. */
export const noScikitLearn = (
  environment: Readonly<Record<string, string | undefined>>,
  usual: readonly string[] = usualPythons,
): string =>
  `No scikit-learn in ${pythonsOf(environment, usual).join(' or ')}: @dsapi/model is measured alone. ` +
  'Install python3-sklearn, or set DSAPI_PYTHON to a Python that has scikit-learn.\n'

const pythonsOf = (
  { DSAPI_PYTHON }: Readonly<Record<string, string | undefined>>,
  usual: readonly string[],
) => (DSAPI_PYTHON ? [DSAPI_PYTHON] : usual)

const versionOf = (python: string) => {
  try {
    return execFileSync(python, ['-c', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}
