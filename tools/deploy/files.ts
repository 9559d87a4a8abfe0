import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A file of the repository, by its path in it. */
export const read = (path: string): string => readFileSync(root + path, 'utf8')

export type Instruction = { readonly word: string; readonly rest: string }

/** The instructions of the Dockerfile, each on one line, without comments. */
export const readDockerfile = (): Instruction[] =>
  read('Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ word: line.split(' ', 1)[0], rest: line.slice(line.indexOf(' ') + 1) }))

/** The program of the image's health check, with its arguments. */
export const healthCheck = (): string[] => {
  const check = readDockerfile().find(({ word }) => word === 'HEALTHCHECK')
  return JSON.parse(/CMD (\[.*)$/.exec(check?.rest ?? '')?.[1] ?? '[]')
}

type Service = {
  readonly image: string
  readonly command?: readonly string[]
  readonly restart: string
  readonly stop_grace_period?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly networks?: readonly string[]
  readonly depends_on?: Readonly<Record<string, unknown>>
  readonly healthcheck?: Readonly<Record<string, unknown>>
}

export type Compose = {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
  readonly networks: Readonly<Record<string, unknown>>
}

export const readCompose = (): Compose => parse(read('deploy/compose.yaml'), { merge: true })
