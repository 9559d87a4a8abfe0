// That the manifests agree with dsapi, its image, and each other.

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { loadConfig } from '@dsapi/config'
import { describe, expect, test } from 'vitest'
import { read, readDockerfile, root } from './files.ts'
import {
  containers,
  filesIn,
  folder,
  manifests,
  ofKind,
  pods,
  readKustomization,
} from './kubernetes-files.ts'

const { namespace, resources, images, configMapGenerator } = readKustomization(folder)
const firstModel = readKustomization(`${folder}/first-model`)

const settings = loadConfig(parseEnv(read(`${folder}/settings.env`)))

const help = (...command: readonly string[]) =>
  execFileSync(process.execPath, [`${root}apps/cli/src/main.js`, ...command, '--help'], {
    encoding: 'utf8',
  })

const instruction = (name: string) => readDockerfile().find(({ word }) => word === name)?.rest ?? ''

const variable = (text: string, name: string) =>
  new RegExp(`\\b${name}=(\\S+)`).exec(text)?.[1] ?? ''

const portsOf = (container: string) =>
  Object.fromEntries(
    containers
      .filter(({ name }) => name === container)
      .flatMap(({ ports }) => ports ?? [])
      .map(({ name, containerPort }) => [name, containerPort]),
  )

type Labels = Readonly<Record<string, string>>

/** The names of what has pods with these labels. */
const podsWith = (labels: Labels = {}) =>
  pods
    .filter(({ template }) => {
      const theirs: Labels = template.metadata?.labels ?? {}
      return Object.entries(labels).every(([name, value]) => theirs[name] === value)
    })
    .map(({ name }) => name)

describe('the kustomization', () => {
  test('takes in all that is beside it', () => {
    const named = [...resources, ...(configMapGenerator?.[0].envs ?? []), 'kustomization.yaml']
    expect(filesIn(folder).toSorted()).toEqual(named.toSorted())
  })

  test('names an image for all containers, the same for the first model', () => {
    expect(images.map(({ name }) => name)).toEqual(['dsapi'])
    expect(new Set(containers.map(({ image }) => image))).toEqual(new Set(['dsapi']))
    expect(firstModel.images).toEqual(images)
  })

  test('puts everything into the namespace that it makes', () => {
    expect(ofKind('Namespace').map(({ metadata }) => metadata?.name)).toEqual([namespace])
    expect(firstModel.namespace).toBe(namespace)
  })

  test('holds no secret', () => {
    expect(manifests.map(({ kind }) => String(kind))).not.toContain('Secret')
    expect(read(`${folder}/settings.env`)).not.toMatch(/^(DATABASE|REDIS)_URL/m)
  })
})

describe.each(containers)('the container $name of $of', (container) => {
  test('runs a command of dsapi', () => {
    const { args = [], command } = container
    expect(command).toBeUndefined() // The image's own entry point.
    expect(help(...args)).toContain(`Usage: dsapi ${args.join(' ')}`)
  })

  test('takes settings from where they are', () => {
    for (const { name, valueFrom } of container.env ?? []) {
      expect(valueFrom?.secretKeyRef).toEqual({ name: 'dsapi', key: name })
    }
    const maps = (container.envFrom ?? []).map(({ configMapRef }) => configMapRef?.name)
    expect(configMapGenerator?.map(({ name }) => name)).toEqual(expect.arrayContaining(maps))
  })

  test('may do as little as the namespace asks for, and write nothing', () => {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  })

  test('says what it needs, and what is too much', () => {
    const { requests = {}, limits = {} } = container.resources ?? {}
    expect(Object.keys(requests)).toEqual(['cpu', 'memory', 'ephemeral-storage'])
    expect(Object.keys(limits)).toEqual(['cpu', 'memory', 'ephemeral-storage'])
  })
})

describe.each(pods)('the pods of $name', ({ name, template }) => {
  test("run as the image's user, without a way to the cluster's own api", () => {
    expect(instruction('USER')).toBe('node')
    expect(readDockerfile().findLast(({ word }) => word === 'FROM')?.rest).toMatch(/^node:/)
    expect(template.spec).toMatchObject({
      automountServiceAccountToken: false,
      // In Node's images `node` is 1000 (docker-node, docs/BestPractices.md, "Non-root User").
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    })
  })

  test('get no variables that a Service makes up', () => {
    expect(template.spec?.enableServiceLinks).toBe(false)
  })

  test('that serve or work have 30 seconds to finish what they hold', () => {
    if (name === 'first-model') return
    const { terminationGracePeriodSeconds = 0 } = template.spec ?? {}
    const draining = name === 'api' ? settings.drainSeconds : 0
    expect(terminationGracePeriodSeconds - draining).toBe(30)
  })
})

test('the api listens where its ports say', () => {
  const environment = readDockerfile().map(({ rest }) => rest)
  expect(portsOf('api')).toEqual({
    http: Number(variable(environment.join(' '), 'PORT')),
    metrics: Number(variable(read(`${folder}/settings.env`), 'DSAPI_METRICS_PORT')),
  })
  expect(variable(read(`${folder}/settings.env`), 'DSAPI_METRICS_HOST')).toBe('0.0.0.0')
  expect(variable(environment.join(' '), 'HOST')).toBe('0.0.0.0')
})

test('the api is probed where it answers', () => {
  const [api] = containers.filter(({ name }) => name === 'api')
  for (const probe of [api.startupProbe, api.livenessProbe, api.readinessProbe]) {
    expect(probe?.httpGet?.port).toBe('http')
  }
})

test('the worker listens nowhere, so nothing is asked of it', () => {
  const [worker] = containers.filter(({ name }) => name === 'worker')
  expect(worker.ports).toBeUndefined()
  expect(Object.keys(worker).filter((name) => name.endsWith('Probe'))).toEqual([])
})

describe.each(['api', 'worker'])('the %s', (name) => {
  const named = (one: { readonly metadata?: { readonly name?: string } }) =>
    one.metadata?.name === name
  const deployment = ofKind('Deployment').find(named)
  const autoscaler = ofKind('HorizontalPodAutoscaler').find(named)
  const budget = ofKind('PodDisruptionBudget').find(named)

  test('is updated without ever having fewer pods, as many as its autoscaler says', () => {
    expect(deployment?.spec?.strategy?.rollingUpdate?.maxUnavailable).toBe(0)
    expect(deployment?.spec?.replicas).toBeUndefined()
    expect(autoscaler?.spec?.scaleTargetRef).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      name,
    })
  })

  test('loses fewer pods to empty nodes than there are', () => {
    expect(budget?.spec?.maxUnavailable).toBe(1)
    expect(autoscaler?.spec?.minReplicas).toBeGreaterThan(1)
  })

  test('is what its selectors select, and nothing else', () => {
    expect(podsWith(deployment?.spec?.selector.matchLabels)).toEqual([name])
    expect(podsWith(budget?.spec?.selector?.matchLabels)).toEqual([name])
    for (const spread of deployment?.spec?.template.spec?.topologySpreadConstraints ?? []) {
      expect(podsWith(spread.labelSelector?.matchLabels)).toEqual([name])
    }
  })

  test('gets fewer slowly', () => {
    const { stabilizationWindowSeconds = 0, policies } = autoscaler?.spec?.behavior?.scaleDown ?? {}
    expect(stabilizationWindowSeconds).toBeGreaterThanOrEqual(300)
    expect(policies).toEqual([{ type: 'Pods', value: 1, periodSeconds: 60 }])
  })
})

test('the Service leads to the api, and not to its metrics', () => {
  const [service, ...others] = ofKind('Service')
  expect(others).toEqual([])
  expect(podsWith(service.spec?.selector)).toEqual(['api'])
  expect(service.spec?.ports?.map(({ targetPort }) => targetPort)).toEqual(['http'])
})

test('the network lets requests through to the api, Prometheus to its metrics, nobody else anywhere', () => {
  const rules = ofKind('NetworkPolicy').map(({ spec }) => ({
    pods: podsWith(spec?.podSelector?.matchLabels),
    ports: spec?.ingress?.flatMap(({ ports = [] }) => ports.map(({ port }) => port)) ?? [],
  }))
  expect(rules).toEqual([
    { pods: pods.map(({ name }) => name), ports: [] },
    { pods: ['api'], ports: ['http', 'metrics'] },
  ])
})

test('a worker has jobs to run and as many again to wait for', () => {
  const [, concurrency] = /--concurrency .*\(default: (\d+)\)/.exec(help('worker')) ?? []
  const { spec } =
    ofKind('HorizontalPodAutoscaler').find(({ metadata }) => metadata?.name === 'worker') ?? {}
  const [{ external }] = spec?.metrics ?? [{ type: '' }]
  expect(external?.target.averageValue).toBe(String(2 * Number(concurrency)))
})

/** How many pods of a Deployment there may be during an update, with those that have not ended yet. */
const mostPods = (name: string) => {
  const { spec } = ofKind('Deployment').find(({ metadata }) => metadata?.name === name) ?? {}
  const autoscaler = ofKind('HorizontalPodAutoscaler').find(
    ({ metadata }) => metadata?.name === name,
  )
  const most = autoscaler?.spec?.maxReplicas ?? Number.NaN
  const surge = Number(spec?.strategy?.rollingUpdate?.maxSurge)
  // Each `minReadySeconds` so many are stopped, and each of those has ended after its grace period.
  const { terminationGracePeriodSeconds = Number.NaN } = spec?.template.spec ?? {}
  const waves = Math.ceil(terminationGracePeriodSeconds / (spec?.minReadySeconds ?? 0))
  return most + surge + Math.min(most, surge * waves)
}

test('as many pods as there may be find room in a PostgreSQL with its defaults', () => {
  const all = mostPods('api') + mostPods('worker')
  expect(all).toBe(27) // As settings.env and the documentation say.
  // max_connections, without superuser_reserved_connections.
  expect(all * settings.database.poolSize).toBeLessThanOrEqual(100 - 3)
})

test('what the documentation connects to across a network is encrypted, and proves who it is', () => {
  const urls = read('docs/guides/kubernetes.md').match(/^ *DATABASE_URL=postgres:.*$/gm) ?? []
  expect(urls).toHaveLength(1)
  expect(urls[0]).toMatch(/[?&]sslmode=verify-full$/)
})

test('the documentation names files that are there', () => {
  const named = read('docs/guides/kubernetes.md').match(/deploy\/kubernetes[\w./-]*\w/g) ?? []
  expect(named.length).toBeGreaterThan(3)
  expect(named.filter((path) => !existsSync(root + path))).toEqual([])
})
