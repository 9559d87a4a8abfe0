import { count, ratio, readResult } from './benchmarks/result.ts'

type Rate = { readonly name: string; readonly figure: number }
type Http = { readonly one: readonly Rate[]; readonly many: readonly Rate[] }
type Jobs = { readonly throughput: readonly Rate[] }

const named = (rates: readonly Rate[], name: string): Rate => {
  const found = rates.find((rate) => rate.name.startsWith(name))
  if (found === undefined) throw new Error(`No figure of ${name} among the results`)
  return found
}

/** The three figures of the README. */
export const readmeFigures = (): string => {
  const { one, many } = readResult<Http>('http').figures
  const { throughput } = readResult<Jobs>('jobs').figures
  const [single] = one
  const [rows] = many
  const flask = named(one, 'Flask')
  const fastapi = named(many, 'FastAPI')
  return [
    `- **${count(single.figure)} predictions a second** in one process, ${ratio(single.figure / flask.figure)} times Flask and gunicorn with scikit-learn`,
    `- **${count(rows.figure)} rows a second** in large bodies, ${ratio(rows.figure / fastapi.figure)} times FastAPI and uvicorn`,
    `- **${count(throughput[0].figure)} jobs a second**, each on disk before it is accepted`,
  ].join('\n')
}
