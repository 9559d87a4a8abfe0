import { loadConfig } from '@dsapi/config'
import type { Command } from 'commander'
import { type Json, print, printJson } from '../terminal/output.ts'

export const addDocs = (program: Command): void => {
  program
    .command('docs')
    .summary('say where the documentation is')
    .description(
      'Prints the address of the documentation on a running server, and the folder that holds its pages as Markdown.',
    )
    .option('--json', 'print both as JSON')
    .addHelpText('after', '\nExamples:\n  $ dsapi docs\n  $ dsapi docs --json')
    .action(docs)
}

const docs = async ({ json }: Json) => {
  const { findManualFolder, serverUrl } = await import('@dsapi/api/reference')
  const { host, port } = loadConfig()
  const address = `${serverUrl(host, port)}/docs`
  const folder = findManualFolder()
  if (json) return printJson({ address, folder })
  print(`In a browser, while a server runs: ${address}`)
  print(`As Markdown:                       ${folder}`)
}
