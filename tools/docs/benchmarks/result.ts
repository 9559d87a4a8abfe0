import { readFileSync } from 'node:fs'
import { root } from '../public-pages.ts'

type About = {
  readonly date: string
  readonly commit: string
  readonly machine: string
  readonly node: string
}

/** A published result. Each benchmark has its own form of figures. */
export type Result<Figures> = { readonly about: About; readonly figures: Figures }

/** Reads `bench/results/NAME.json`. */
export const readResult = <Figures>(name: string): Result<Figures> =>
  JSON.parse(readFileSync(`${root}bench/results/${name}.json`, 'utf8')) as Result<Figures>

/** When and where a result was measured, and how to measure it again. */
export const provenance = (name: string, { about }: Result<unknown>): string =>
  `Measured on ${about.date} at commit ${about.commit}, on ${about.machine}, Node ${about.node}. To measure it again:
\`npx -y pnpm@12 --filter @dsapi/bench bench:${name}\`.`

/** A count as people read it: 41,683. */
export const count = (value: number): string => Math.round(value).toLocaleString('en')

/** A ratio with as many digits as it deserves. */
export const ratio = (value: number): string =>
  value < 0.01 ? value.toPrecision(2) : value < 10 ? value.toFixed(2) : value.toFixed(1)

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
