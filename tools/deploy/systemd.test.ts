import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWithProgram, temporaryFolder } from '@dsapi/testing'
import { describe, expect, test } from 'vitest'
import { read, root } from './files.ts'

const units = ['dsapi-api.service', 'dsapi-worker.service']
const program = '/opt/dsapi/node_modules/.bin/dsapi'

const commandOf = (unit: string) =>
  /^ExecStart=(.*)$/m.exec(read(`deploy/systemd/${unit}`))?.[1].split(' ') ?? []

describe.each(units)('%s', (unit) => {
  test('runs a command of dsapi, with options that it knows', () => {
    const [path, command, ...options] = commandOf(unit)
    expect(path).toBe(program)
    const main = `${root}apps/cli/src/main.js`
    const help = execFileSync(process.execPath, [main, command, '--help'], { encoding: 'utf8' })
    expect(help).toContain(`Usage: dsapi ${command}`)
    const asked = options.filter((option) => option.startsWith('--'))
    expect(asked.filter((option) => !help.includes(option))).toEqual([])
  })
})

/** The units in a folder of their own, with a program that is there. */
const copyUnits = async () => {
  const folder = await temporaryFolder()
  cpSync(`${root}deploy/systemd`, folder, { recursive: true })
  return units.map((unit) => {
    const path = join(folder, unit)
    writeFileSync(path, readFileSync(path, 'utf8').replace(program, process.execPath))
    return path
  })
}

// Ignored by a systemd before version 254, which then does what the file says beside them.
const sinceVersion254 = /'(RestartSteps|RestartMaxDelaySec)'/

describeWithProgram('systemd-analyze', 'systemd')('systemd-analyze', () => {
  test('has no complaint about the units', async () => {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...(await copyUnits())], {
      encoding: 'utf8',
    })
    const complaints = stderr
      .split('\n')
      .filter((line) => line.includes('dsapi') && !sinceVersion254.test(line))
    expect(complaints).toEqual([])
    expect(status).toBe(0)
  })

  test('calls them safe: an exposure of 2 or less, where 10 is the most', async () => {
    const options = ['security', '--offline=true', '--threshold=20', '--no-pager']
    const { status, stdout } = spawnSync('systemd-analyze', [...options, ...(await copyUnits())], {
      encoding: 'utf8',
    })
    expect(stdout.match(/Overall exposure level/g)).toHaveLength(units.length)
    expect(status).toBe(0)
  })
})
