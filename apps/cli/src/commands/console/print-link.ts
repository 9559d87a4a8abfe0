import { serverUrl } from '@dsapi/api/reference'
import { loadConfig } from '@dsapi/config'
import { withDatabase } from '../../database/with-database.ts'
import { cliActor } from '../../terminal/cli-actor.ts'
import { CliError } from '../../terminal/cli-error.ts'
import { type Json, print, printJson, say } from '../../terminal/output.ts'
import { consoleLink } from './console-link.ts'

export const printLink = async ({ json }: Json): Promise<void> => {
  const { console, database, host, port } = loadConfig()
  if (console === 'off') {
    throw new CliError('The web console is off. Start the server with DSAPI_CONSOLE=on')
  }
  if (port === 0) {
    throw new CliError('PORT is 0, so the port of the server is not known. Set PORT to its port')
  }
  const { link, expiresAt } = await withDatabase(database, (db) =>
    consoleLink(db, serverUrl(host, port), cliActor()),
  )
  if (json) {
    printJson({ link, expires_at: new Date(expiresAt).toISOString() })
    return
  }
  print(link)
  say('It signs in once, within a minute, in a browser on this machine.')
}
