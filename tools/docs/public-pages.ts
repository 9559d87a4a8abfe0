import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The folder of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Every page of Markdown that is written for readers, by its path in the repository. */
export const publicPages = (): ReadonlyMap<string, string> =>
  new Map(
    globSync(['*.md', 'docs/**/*.md', 'packages/*/README.md', 'deploy/**/*.md'], { cwd: root })
      .toSorted()
      .map((path) => [path, readFileSync(root + path, 'utf8')]),
  )
