import { findManualFolder, serverUrl } from '@dsapi/api/reference'
import { loadConfig } from '@dsapi/config'
import { type Json, print, printJson } from '../../terminal/output.ts'

export const printAddresses = ({ json }: Json): void => {
  const { host, port } = loadConfig()
  const address = `${serverUrl(host, port)}/docs`
  const folder = findManualFolder()
  if (json) {
    printJson({ address, folder })
    return
  }
  print(`In a browser, while a server runs: ${address}`)
  print(`As Markdown:                       ${folder}`)
}
