import { createKey, demoKeys, hasDemoKeys, listKeys, stateOf } from '@dsapi/auth'
import type { Database } from '@dsapi/db'
import { withSetupLock } from '../../database/setup-lock.ts'
import { cliActor } from '../../terminal/cli-actor.ts'
import { curlLine } from '../../terminal/curl-line.ts'
import { print, say } from '../../terminal/output.ts'
import { consoleLink } from '../console/console-link.ts'

/** Prints the address of the API and a command that uses it. Creates the first key, now that it can be used. */
export const greet = async (db: Database, url: string, isWithConsole: boolean): Promise<void> => {
  const key = await withSetupLock(db, usableKey)
  say(`\ndsapi listens on ${url}\n`)
  if (key.kind === 'none') {
    say('No key is active. Create one: dsapi keys create --name me\n')
    return
  }
  if (key.kind === 'new') print(`Your API key, shown this once:\n\n  ${key.text}\n`)
  if (key.kind === 'new' && isWithConsole) {
    const { link } = await consoleLink(db, url, cliActor())
    print(`The web console, within a minute (later: dsapi console):\n\n  ${link}\n`)
  }
  print(`Try it:\n\n  ${await curlLine(db, url, key.text)}\n`)
  if (key.kind === 'variable') {
    say(
      'Set KEY to the key that the first start printed, or to a new one: dsapi keys create --name me\n',
    )
  }
  say('Ctrl-C stops it.\n')
}

type UsableKey =
  | { readonly kind: 'new' | 'demo' | 'variable'; readonly text: string }
  | { readonly kind: 'none' }

const usableKey = async (db: Database): Promise<UsableKey> => {
  const now = Date.now()
  if (await hasDemoKeys(db, now)) return { kind: 'demo', text: demoKeys[0] }
  const keys = await listKeys(db)
  if (keys.length === 0) {
    const { key } = await createKey(db, { name: 'first key' }, cliActor())
    return { kind: 'new', text: key }
  }
  const isUsable = keys.some((key) => stateOf(key, now) === 'active')
  return isUsable ? { kind: 'variable', text: '$KEY' } : { kind: 'none' }
}
