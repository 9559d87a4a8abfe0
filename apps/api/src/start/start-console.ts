import { type Authenticator, createSessionFinder, type FollowedKeys } from '@dsapi/auth'
import type { ConsoleDeps } from '../app-deps.ts'
import { loadConsoleFiles } from '../console/load-console-files.ts'
import { createSignedIn } from '../console/signed-in.ts'
import type { StartContext } from './start-context.ts'

const hourMs = 3_600_000

/** Prepares the web console; undefined where it is off. Its files are loaded when they are first asked for. */
export const startConsole = (
  { config, db }: StartContext,
  followed: FollowedKeys,
  authenticate: Authenticator['authenticate'],
): ConsoleDeps | undefined =>
  config.console === 'off'
    ? undefined
    : {
        loadFiles: loadConsoleFiles,
        signedIn: createSignedIn(createSessionFinder(db, followed)),
        authenticate,
        nameOfKey: (id) => followed.findById(id)?.name,
        lifeMs: Math.round(config.consoleHours * hourMs),
        allowsInsecure: config.consoleInsecure === 'on',
      }
