import { createProgram } from '@dsapi/cli/program'
import type { Command, Option } from 'commander'
import { code, codeBlock, sentence, table } from './markdown.ts'

const nameOf = (command: Command): string =>
  command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`

const defaultOf = ({ defaultValue, defaultValueDescription }: Option) => {
  if (defaultValueDescription !== undefined) return code(defaultValueDescription)
  return defaultValue === undefined || typeof defaultValue === 'boolean'
    ? ''
    : code(String(defaultValue))
}

const optionsOf = ({ options }: Command): string => {
  const shown = options.filter(({ hidden }) => !hidden)
  if (shown.length === 0) return ''
  return table(
    ['Option', 'Meaning', 'Default'],
    shown.map((option) => [
      code(option.flags),
      sentence(option.description) + (option.mandatory ? ' Required.' : ''),
      defaultOf(option),
    ]),
  )
}

/** The examples that the help of a command ends with. */
const examplesOf = (command: Command): string => {
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp()
  const [, examples] = text.split(/^Examples:$/m)
  return examples === undefined ? '' : codeBlock('console', examples.replaceAll(/^ {2}/gm, ''))
}

const describe = (command: Command): string =>
  [
    `## ${nameOf(command)}`,
    command.description(),
    codeBlock('text', `${nameOf(command)} ${command.usage()}`.trim()),
    optionsOf(command),
    examplesOf(command),
  ]
    .filter((part) => part !== '')
    .join('\n\n')

/** Commands in the order of the help, each before its subcommands; those with subcommands only lead to them. */
const allBelow = (command: Command): readonly Command[] =>
  command.commands
    .filter((found) => found.name() !== 'help')
    .flatMap((found) => [found, ...allBelow(found)])

const isLeaf = (command: Command) => command.commands.length === 0

/** The reference of the command line, made of the command's own definitions. */
export const commandsPage = (): string => {
  const commands = allBelow(createProgram()).filter(isLeaf)
  return `# Command line

In the repository the command is \`npx -y pnpm@12 dsapi …\`. In a folder where the npm packages are installed it is
\`npx dsapi …\`. Data goes to standard output, and messages for people go to standard error. Exit codes are 0 for done,
1 for failed and 2 for wrong usage. \`--help\` works everywhere, and \`--json\` prints machine-readable output where a
command has it.

${table(
  ['Command', 'Does'],
  commands.map((command) => [
    `[${code(nameOf(command))}](#${nameOf(command).replaceAll(' ', '-')})`,
    sentence(command.summary() || command.description()),
  ]),
)}

${commands.map(describe).join('\n\n')}
`
}
