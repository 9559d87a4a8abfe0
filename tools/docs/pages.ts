import { readFileSync } from 'node:fs'
import { fairnessBenchmark } from './benchmarks/fairness-page.ts'
import { faultsBenchmark } from './benchmarks/faults-page.ts'
import { hostsBenchmark } from './benchmarks/hosts-page.ts'
import { httpBenchmark, httpPlot } from './benchmarks/http-page.ts'
import { benchmarksIndex } from './benchmarks/index-page.ts'
import { jobsBenchmark } from './benchmarks/jobs-page.ts'
import { keysBenchmark } from './benchmarks/keys-page.ts'
import { memoryBenchmark } from './benchmarks/memory-page.ts'
import { modelBenchmark } from './benchmarks/model-page.ts'
import { modelsBenchmark } from './benchmarks/models-page.ts'
import { protocolsBenchmark } from './benchmarks/protocols-page.ts'
import { scaleBenchmark } from './benchmarks/scale-page.ts'
import { tablesBenchmark } from './benchmarks/tables-page.ts'
import { commandsPage } from './commands-page.ts'
import { errorsPage } from './errors-page.ts'
import { httpPage } from './http-page.ts'
import { metricsPage } from './metrics-page.ts'
import { root } from './public-pages.ts'
import { readmeFigures } from './readme-figures.ts'
import { retentionPage } from './retention-page.ts'
import { settingsPage } from './settings-page.ts'

type Page = {
  /** Its place in the repository. */
  readonly path: string
  /** The source that it is generated from. */
  readonly source: string
  readonly make: () => string | Promise<string>
}

const pages: readonly Page[] = [
  {
    path: 'docs/reference/settings.md',
    source: 'packages/config/src/settings.ts',
    make: settingsPage,
  },
  {
    path: 'docs/reference/retention.md',
    source: 'packages/retention/src/kinds.ts',
    make: retentionPage,
  },
  { path: 'docs/reference/cli.md', source: 'apps/cli/src/program.ts', make: commandsPage },
  {
    path: 'docs/reference/errors.md',
    source: 'apps/api/src/openapi/error-examples.ts',
    make: errorsPage,
  },
  { path: 'docs/reference/metrics.md', source: 'apps/api/src/metrics/', make: metricsPage },
  { path: 'docs/reference/http-api.md', source: 'apps/api/src/endpoints/', make: httpPage },
  ...Object.entries({
    overview: benchmarksIndex,
    http: httpBenchmark,
    model: modelBenchmark,
    tables: tablesBenchmark,
    models: modelsBenchmark,
    protocols: protocolsBenchmark,
    jobs: jobsBenchmark,
    fairness: fairnessBenchmark,
    keys: keysBenchmark,
    faults: faultsBenchmark,
    hosts: hostsBenchmark,
    scale: scaleBenchmark,
    memory: memoryBenchmark,
  }).map(([name, make]) => ({
    path: `docs/benchmarks/${name}.md`,
    source: 'bench/results/',
    make,
  })),
]

const note = (source: string) =>
  `<!-- Made of ${source} by "npx -y pnpm@12 run docs". Changes belong there. -->\n\n`

/** Puts the figures between their marks. */
const withFigures = (readme: string): string =>
  readme.replace(
    /(<!-- figures -->\n)[\s\S]*(<!-- \/figures -->)/,
    (_, begin: string, end: string) => `${begin}${readmeFigures()}\n${end}`,
  )

/** Makes all pages that are generated, by their paths in the repository. */
export const makePages = async (): Promise<ReadonlyMap<string, string>> => {
  const made = new Map<string, string>()
  for (const { path, source, make } of pages) made.set(path, note(source) + (await make()))
  made.set('docs/benchmarks/http.svg', httpPlot())
  made.set('README.md', withFigures(readFileSync(`${root}README.md`, 'utf8')))
  return made
}
