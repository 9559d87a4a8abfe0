// That Prometheus finds the api's metrics in a cluster, and that the autoscaler of the workers gets from them what it asks for.

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWithProgram, temporaryFolder } from '@dsapi/testing'
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { read } from './files.ts'
import { folder, ofKind, pods, readDocuments } from './kubernetes-files.ts'

type AdapterConfig = {
  readonly externalRules: readonly {
    readonly seriesQuery: string
    readonly name: { readonly as: string }
    readonly metricsQuery: string
  }[]
}

const adapter: AdapterConfig = parse(read(`${folder}/monitoring/prometheus-adapter.yaml`))
const [rule] = adapter.externalRules
const [scrapeConfig]: readonly Readonly<Record<string, unknown>>[] = parse(
  read(`${folder}/monitoring/scrape-config.yaml`),
)
const [monitor] = readDocuments<IPodMonitor>(`${folder}/monitoring/pod-monitor.yaml`)

test('the autoscaler asks for the metric that the adapter makes', () => {
  const asked = ofKind('HorizontalPodAutoscaler')
    .flatMap(({ spec }) => spec?.metrics ?? [])
    .flatMap(({ external }) => (external ? [external.metric.name] : []))
  expect(asked).toEqual([rule.name.as])
})

test('the monitor watches the port of the metrics, of the api alone', () => {
  const { selector, podMetricsEndpoints: [endpoint] = [], jobLabel = '' } = monitor.spec
  const watched = pods.filter(({ template }) =>
    Object.entries(selector.matchLabels ?? {}).every(
      ([name, value]) => template.metadata?.labels?.[name] === value,
    ),
  )
  expect(watched.map(({ name }) => name)).toEqual(['api'])
  const [{ template }] = watched
  const ports = template.spec?.containers.flatMap(({ ports = [] }) => ports.map(({ name }) => name))
  expect(ports).toContain(endpoint.port)
  // The name of the scrape job that the alerts look for.
  expect(template.metadata?.labels?.[jobLabel]).toBe('dsapi')
  expect(monitor.metadata?.namespace).toBe(ofKind('Namespace')[0].metadata?.name)
})

/** What the adapter makes of its template for the autoscaler's namespace. */
const question = () =>
  rule.metricsQuery
    .replace('<<.Series>>', /^\w+/.exec(rule.seriesQuery)?.[0] ?? '')
    .replace('<<.LabelMatchers>>', 'namespace="dsapi"')

const series = (pod: string, state: string, values: string, namespace = 'dsapi') => ({
  series: `dsapi_jobs{namespace="${namespace}", pod="${pod}", state="${state}"}`,
  values,
})

describeWithProgram('promtool', 'prometheus')('promtool', () => {
  const promtool = async (args: readonly string[], name: string, content: unknown) => {
    const path = join(await temporaryFolder(), name)
    writeFileSync(path, stringify(content))
    return execFileSync('promtool', [...args, path], { encoding: 'utf8' })
  }

  test('has no complaint about the scrape configuration', async () => {
    // Debian's Prometheus is built without this one way of finding what to watch.
    const { kubernetes_sd_configs: found, ...others } = scrapeConfig
    expect(found).toEqual([{ role: 'pod', namespaces: { names: ['dsapi'] } }])
    const config = { scrape_configs: [others] }
    expect(await promtool(['check', 'config'], 'prometheus.yaml', config)).toContain('SUCCESS')
  })

  test('counts each job once, however many apis report it, and no other namespace’s', async () => {
    const answer = (value: number) => [{ labels: '{}', value }]
    const ask = (eval_time: string, value: number) => ({
      expr: question(),
      eval_time,
      exp_samples: answer(value),
    })
    const input_series = [
      series('api-a', 'queued', '50 70 0'),
      series('api-b', 'queued', '50 50 0'), // Asked a moment earlier.
      series('api-c', 'queued', '50 70 0'),
      series('api-a', 'running', '20 20 7'),
      series('api-b', 'running', '20 20 7'),
      series('api-c', 'running', '20 20 7'),
      series('api-a', 'queued', '999 999 999', 'elsewhere'),
    ]
    const promql_expr_test = [ask('0m', 70), ask('1m', 90), ask('2m', 7)]
    const tests = [{ interval: '1m', input_series, promql_expr_test }]
    expect(await promtool(['test', 'rules'], 'queue.test.yaml', { tests })).toContain('SUCCESS')
  })
})
