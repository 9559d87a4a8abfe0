import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { createProgram } from './program.ts'

const columns = 80

const allOf = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap((below) => allOf(below)),
]

const helpOf = (command: Command) => {
  let text = ''
  const writeOut = (part: string) => {
    text += part
  }
  command.configureOutput({ writeOut, getOutHelpWidth: () => columns }).outputHelp()
  return text
}

/** Lines to be copied into a file or a shell stay whole. */
const isCode = (line: string) =>
  /^ {4}"|^rows = |gendb --(force|samples)|\.venv\/bin\/python/.test(line)

test('no line of a help is longer than a terminal is wide', () => {
  const lines = allOf(createProgram()).flatMap((command) => helpOf(command).split('\n'))
  expect(lines.length).toBeGreaterThan(100)
  expect(lines.filter((line) => line.length > columns && !isCode(line))).toEqual([])
})
