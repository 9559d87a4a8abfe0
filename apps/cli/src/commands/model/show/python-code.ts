import { printable, table } from '../../../terminal/output.ts'

const shown = ['callable', 'interpreter', 'processes', 'directory']

/** Which code a Python model is, and what runs it. */
export const drawPythonCode = (file: Readonly<Record<string, unknown>>): string =>
  table(
    ['PYTHON', ''],
    shown.map((name) => [name, printable(String(file[name] ?? '-'))]),
  )
