// Publishes the last run of a benchmark: copies it to `bench/results`, of which the documentation is made.
//   pnpm --filter @dsapi/bench bench:promote NAME …

import { copyFileSync, existsSync } from 'node:fs'
import { resultsFolder, runsFolder } from './record-result.ts'

const names = process.argv.slice(2)
const missing = names.filter((name) => !existsSync(new URL(`${name}.json`, runsFolder)))
if (names.length === 0 || missing.length > 0) {
  const reason = names.length === 0 ? 'Name a benchmark' : `No run of ${missing.join(', ')}`
  process.stderr.write(`${reason}. First run it: pnpm --filter @dsapi/bench bench:NAME\n`)
  process.exit(2)
}
for (const name of names) {
  copyFileSync(new URL(`${name}.json`, runsFolder), new URL(`${name}.json`, resultsFolder))
  process.stdout.write(`bench/results/${name}.json\n`)
}
process.stdout.write('Now write the pages that show it: npx -y pnpm@12 run docs\n')
