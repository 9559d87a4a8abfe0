import { describeSettings } from '@dsapi/config'
import { code, table } from './markdown.ts'

/** The reference of settings, made of the module that reads them. */
export const settingsPage = (): string => `# Settings

dsapi reads its settings from environment variables. A value that is not allowed stops the start with a message that
names the variable, its value and what is allowed. A variable that is set to an empty text counts as not set.

${table(
  ['Variable', 'Default', 'Meaning', 'Allowed'],
  describeSettings().map(({ variable, fallback, meaning, allowed }) => [
    code(variable),
    fallback === undefined ? 'none' : code(fallback),
    meaning,
    allowed,
  ]),
)}
`
