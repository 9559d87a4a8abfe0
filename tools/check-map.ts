import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { findImports } from './find-imports.ts'
import {
  allowedOwners,
  bundled,
  forTests,
  mayImport,
  neverShipped,
  pure,
  testsMayImport,
} from './map.ts'
import type { WorkspacePackage } from './workspace.ts'

/** One import, with everything that a rule needs. */
type Situation = {
  readonly importer: WorkspacePackage
  readonly path: string
  readonly inTest: boolean
  readonly specifier: string
  /** The package in the specifier: `@dsapi/db` of `@dsapi/db/src/x.ts`; none if it is relative. */
  readonly library: string | undefined
  /** The package of that name in this repository, if there is one. */
  readonly imported: WorkspacePackage | undefined
}

/** Says why an import is not allowed, or returns nothing. */
type Rule = (situation: Situation) => string | undefined

const staysInside: Rule = ({ path, specifier, library }) => {
  if (library !== undefined) return undefined
  const target = join(dirname(path), specifier)
  return target.startsWith('..') ? 'it leaves its package: import the package by name' : undefined
}

const isPure: Rule = ({ importer, path, inTest, library, imported }) => {
  const { serverFolders = [] } = pure.find(({ name }) => name === importer.name) ?? {}
  const isElsewhere = serverFolders.some((folder) => path.startsWith(folder))
  const isPureFile = pure.some(({ name }) => name === importer.name) && !isElsewhere && !inTest
  return isPureFile && library !== undefined && imported === undefined
    ? `${importer.name} imports nothing: it must run in a browser too`
    : undefined
}

const testsKeepToTests: Rule = ({ importer, inTest, library }) =>
  library !== undefined &&
  forTests.includes(library) &&
  !inTest &&
  !neverShipped.includes(importer.name)
    ? 'only tests may import it'
    : undefined

const runsDown: Rule = ({ importer, inTest, library, imported }) => {
  if (imported === undefined || library === undefined || forTests.includes(library)) return
  if (neverShipped.includes(importer.name)) return
  const below = mayImport[importer.name]
  if (below === undefined) return `${importer.name} is not on the map: add its row to tools/map.ts`
  const beside = inTest ? (testsMayImport[importer.name] ?? []) : []
  if ([...below, ...beside].some((name) => library === `@dsapi/${name}`)) return
  return `the map has no way from ${importer.name} to ${library}`
}

const keepsToExports: Rule = ({ specifier, library, imported }) =>
  imported !== undefined && !imported.exports.includes(`.${specifier.slice(library?.length)}`)
    ? `it reaches past the exports of ${library}`
    : undefined

/** Files that only people with a checkout run, or that are bundled before anyone has the package. */
const isBuiltFrom = (importer: WorkspacePackage, path: string) =>
  !path.startsWith('src/') || path.startsWith(bundled[importer.name] ?? '-')

const isDeclared: Rule = ({ importer, path, inTest, library }) => {
  if (library === undefined || isBuiltin(library) || library === 'vitest') return
  const { dependencies, devDependencies } = importer
  if (
    dependencies.includes(library) ||
    ((inTest || isBuiltFrom(importer, path)) && devDependencies.includes(library))
  )
    return
  return `${library} is not among the dependencies of ${importer.name}`
}

const keepsToItsOwners: Rule = ({ importer, path, inTest, library }) => {
  const owners = allowedOwners[library ?? '']
  if (owners === undefined || inTest || neverShipped.includes(importer.name)) return
  const isAllowed = owners.some((owner) =>
    [importer.name, `${importer.name}/${path}`].includes(owner),
  )
  return isAllowed ? undefined : `only ${owners.join(' and ')} may know ${library}`
}

const rules: readonly Rule[] = [
  staysInside,
  isPure,
  testsKeepToTests,
  runsDown,
  keepsToExports,
  isDeclared,
  keepsToItsOwners,
]

/** Vitest's configuration is for tests. */
const isTest = (path: string) => /\.test\.ts$|^test\/|^vitest\.config\.ts$/.test(path)

const libraryOf = (specifier: string) => {
  if (specifier.startsWith('.')) return undefined
  if (specifier.startsWith('node:')) return specifier
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/**
 * Checks each import of each package against the map.
 *
 * @returns one line for each import that is not allowed: where it is and why
 */
export const checkMap = (workspace: readonly WorkspacePackage[]): string[] => {
  const byName = new Map(workspace.map((found) => [found.name, found]))
  const complaints: string[] = []
  for (const importer of workspace) {
    for (const [path, source] of importer.files) {
      for (const { specifier, line } of findImports(source)) {
        const library = libraryOf(specifier)
        const imported = byName.get(library ?? '')
        const inTest = isTest(path)
        const situation = { importer, path, inTest, specifier, library, imported }
        const reason = rules.map((rule) => rule(situation)).find((found) => found !== undefined)
        if (reason)
          complaints.push(`${importer.name} ${path}:${line} imports ${specifier}: ${reason}`)
      }
    }
  }
  return complaints
}
