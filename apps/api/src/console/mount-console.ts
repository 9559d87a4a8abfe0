import type { Hono } from 'hono'
import type { AppDeps } from '../app-deps.ts'
import type { Env } from '../http/env.ts'
import { answerFiles } from './answer-files.ts'
import { consoleAreaOf, consolePath } from './console-area.ts'

/** Mounts the web console, where it is on. */
export const mountConsole = (app: Hono<Env>, { console }: AppDeps): void => {
  if (console === undefined) return
  const files = answerFiles(console.loadFiles)
  app.use(`${consolePath}/*`, (context, next) =>
    consoleAreaOf(context.req.path) === 'files' ? files(context, next) : next(),
  )
}
