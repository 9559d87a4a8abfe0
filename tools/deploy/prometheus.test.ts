import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWithProgram, temporaryFolder } from '@dsapi/testing'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { read, root } from './files.ts'

const promtool = (...args: string[]) => {
  const cwd = `${root}deploy/prometheus`
  const { status, stdout, stderr } = spawnSync('promtool', args, { cwd, encoding: 'utf8' })
  return { status, says: stdout + stderr }
}

const matches = (path: string, pattern: RegExp) =>
  [...read(path).matchAll(pattern)].map(([, name]) => name)

type Dashboard = {
  readonly panels: readonly {
    readonly title: string
    readonly targets?: readonly { readonly expr: string }[]
  }[]
}

const dashboard: Dashboard = JSON.parse(read('deploy/grafana/dsapi.json'))

test('each alert has a test in which it fires', () => {
  const alerts = matches('deploy/prometheus/alerts.yaml', /- alert: (\w+)/g)
  const fired = /- alertname: (\w+)\s+eval_time: \S+\s+exp_alerts:\s+- /g
  expect(alerts.length).toBeGreaterThan(5)
  expect(matches('deploy/prometheus/alerts.test.yaml', fired).toSorted()).toEqual(alerts.toSorted())
})

test('Prometheus asks where the metrics are, if the port is the one of the settings', () => {
  const [port] = matches('deploy/systemd/dsapi.env', /^#DSAPI_METRICS_PORT=(\d+)$/gm)
  expect(matches('deploy/prometheus/prometheus.yaml', /targets: \["(.*)"\]/g)).toEqual([
    `127.0.0.1:${port}`,
  ])
})

test('each panel of the dashboard asks for something', () => {
  const empty = dashboard.panels.filter(({ targets }) => targets?.length === 0)
  expect(empty).toEqual([])
})

describeWithProgram('promtool', 'prometheus')('promtool', () => {
  test('has no complaint about the configuration and the alerts', () => {
    expect(promtool('check', 'config', 'prometheus.yaml')).toMatchObject({ status: 0 })
  })

  test('sees each alert fire when it must, and at no other time', () => {
    const { status, says } = promtool('test', 'rules', 'alerts.test.yaml')
    expect(says).toContain('SUCCESS')
    expect(status).toBe(0)
  })

  test('understands each question of the dashboard', async () => {
    const rules = dashboard.panels
      .flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
      // Grafana puts values in place of these.
      .map((expr) => expr.replaceAll('$__rate_interval', '1m').replaceAll(/\$\w+/g, 'x'))
      .map((expr, index) => ({ record: `dashboard:question:${index}`, expr }))
    expect(rules.length).toBeGreaterThan(20)
    const path = join(await temporaryFolder(), 'rules.yaml')
    writeFileSync(path, stringify({ groups: [{ name: 'dashboard', rules }] }))
    expect(promtool('check', 'rules', path)).toMatchObject({ status: 0 })
  })
})
