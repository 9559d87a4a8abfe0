import { loadConfig } from '@dsapi/config'
import { expect, test } from 'vitest'
import { read, readCompose, readDockerfile } from './files.ts'
import { containers } from './kubernetes-files.ts'

/** All variables that dsapi looks for in its environment. */
const settings = () => {
  const asked = new Set<string>()
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    { get: (_, name) => void asked.add(String(name)) },
  )
  loadConfig(env)
  return asked
}

/** Each `NAME=value` of a text. */
const assignments = (text: string) =>
  Object.fromEntries([...text.matchAll(/([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]))

const image = () =>
  assignments(
    readDockerfile()
      .filter(({ word }) => word === 'ENV')
      .map(({ rest }) => rest)
      .join(' '),
  )

const ofUnits = () => {
  const lines = read('deploy/systemd/dsapi-.service.d/common.conf').matchAll(/^Environment=(.*)$/gm)
  return assignments([...lines].map(([, assignment]) => assignment).join(' '))
}

// Commented out, for installations that need them.
const ofEnvironmentFile = () => assignments(read('deploy/systemd/dsapi.env'))

const ofConfigMap = () => assignments(read('deploy/kubernetes/settings.env'))

const ofPods = () =>
  Object.fromEntries(containers.flatMap(({ env = [] }) => env.map(({ name }) => [name, ''])))

const ofContainers = () =>
  Object.assign({}, ...Object.values(readCompose().services).map((s) => s.environment)) as Record<
    string,
    string
  >

// What Redis itself reads, in its own container.
const notOurs = ['REDISCLI_AUTH']

test.each([
  ['the Dockerfile', image],
  ['compose.yaml', ofContainers],
  ['the units of systemd', ofUnits],
  ["the units' environment file", ofEnvironmentFile],
  ['the ConfigMap of Kubernetes', ofConfigMap],
  ['the pods of Kubernetes', ofPods],
])('%s sets no variable that dsapi does not read', (_, variables) => {
  const names = Object.keys(variables()).filter((name) => !notOurs.includes(name))
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => !settings().has(name))).toEqual([])
})

test.each([
  ['the Dockerfile', image],
  ['the units of systemd', ofUnits],
  ["the units' environment file", ofEnvironmentFile],
  ['the ConfigMap of Kubernetes', ofConfigMap],
])('%s sets values that are allowed', (_, variables) => {
  expect(() => loadConfig(variables())).not.toThrow()
})
