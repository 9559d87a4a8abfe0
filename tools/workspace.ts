import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A package of this repository, with its source files by their path inside it. */
export type WorkspacePackage = {
  readonly name: string
  readonly folder: string
  /** Its exports: `.`, `./hono`. */
  readonly exports: readonly string[]
  /** With those that users install beside it. */
  readonly dependencies: readonly string[]
  readonly devDependencies: readonly string[]
  readonly files: ReadonlyMap<string, string>
}

type Manifest = {
  readonly name: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const keys = (record: Readonly<Record<string, unknown>> | undefined) => Object.keys(record ?? {})

const readPackage = (manifestPath: string): WorkspacePackage => {
  const folder = dirname(manifestPath)
  const manifest: Manifest = JSON.parse(readFileSync(manifestPath, 'utf8'))
  const paths = globSync('{**/*.{ts,tsx},src/*.js}', {
    cwd: folder,
    exclude: (path) => /(^|\/)(node_modules|dist)(\/|$)|\.d\.ts$/.test(path),
  })
  return {
    name: manifest.name,
    folder,
    exports: keys(manifest.exports),
    dependencies: [...keys(manifest.dependencies), ...keys(manifest.peerDependencies)],
    devDependencies: keys(manifest.devDependencies),
    files: new Map(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')])),
  }
}

/** Reads all packages of the repository at `root`. */
export const readWorkspace = (root: string): WorkspacePackage[] =>
  globSync(['packages/*/package.json', 'apps/*/package.json', '{bench,tools}/package.json'], {
    cwd: root,
  })
    .toSorted()
    .map((path) => readPackage(join(root, path)))
