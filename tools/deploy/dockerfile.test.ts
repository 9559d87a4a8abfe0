import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { healthCheck, read, readDockerfile, root } from './files.ts'

const instructions = readDockerfile()
const restsOf = (name: string) =>
  instructions.filter(({ word }) => word === name).map(({ rest }) => rest)

test('what is copied from the repository is there, and not hidden from the build', () => {
  const sources = restsOf('COPY')
    .filter((rest) => !rest.startsWith('--from='))
    .flatMap((rest) => rest.split(' ').slice(0, -1))
  const hidden = read('.dockerignore').split('\n')
  expect(sources).toContain('pnpm-lock.yaml')
  expect(sources.filter((path) => !existsSync(root + path) || hidden.includes(path))).toEqual([])
})

test('what its commands name is there', () => {
  const paths = restsOf('RUN').flatMap((rest) => rest.match(/(?<=\s|^)[a-z_]+\/\S+/g) ?? [])
  expect(paths).toContain('apps/cli/tsconfig.build.json')
  expect(paths.filter((path) => !existsSync(root + path))).toEqual([])
})

test('starts what the package of the command line publishes', () => {
  const { publishConfig } = JSON.parse(read('apps/cli/package.json'))
  const [program, main] = JSON.parse(restsOf('ENTRYPOINT')[0])
  expect(program).toBe('node')
  expect(main).toBe(`/app/${publishConfig.bin.dsapi.slice(2)}`)
})

test('does not run as root', () => {
  expect(restsOf('USER')).toEqual(['node'])
})

test('checks its health with a program that is in the image', () => {
  expect(healthCheck()[0]).toBe('node')
})
