import { hash } from 'node:crypto'
import type { ConsoleFiles } from '@dsapi/console'
import type { Context, MiddlewareHandler } from 'hono'
import { codingFor } from '../http/accept-coding.ts'
import type { Env } from '../http/env.ts'
import { ApiError } from '../http/errors.ts'
import { consolePath } from './console-area.ts'
import { setConsoleHeaders } from './console-headers.ts'
import { type EncodedFile, encodeFile } from './encoded-file.ts'
import { renderPage } from './render-page.ts'

type Loaded = { readonly files: ConsoleFiles; readonly byName: ReadonlyMap<string, EncodedFile> }

/** Names with the hash of the content never get another content. */
const forGood = 'public, max-age=31536000, immutable'
const smallestFirst = ['br', 'gzip'] as const

/** Loads the files once, when they are first asked for. After a failure the next request tries again. */
const loadOnce = (load: () => Promise<ConsoleFiles>) => {
  let loaded: Promise<Loaded> | undefined
  return (): Promise<Loaded> => {
    loaded ??= load()
      .then(encodeAll)
      .catch((error: unknown) => {
        loaded = undefined
        throw error
      })
    return loaded
  }
}

const encodeAll = async (files: ConsoleFiles): Promise<Loaded> => {
  const named = [files.script, ...files.parts, files.style].map(
    async (file) => [file.name, await encodeFile(file)] as const,
  )
  return { files, byName: new Map(await Promise.all(named)) }
}

/** Answers each path of the console that names no file with the page, and the names of its files with the files. */
export const answerFiles = (load: () => Promise<ConsoleFiles>): MiddlewareHandler<Env> => {
  const loaded = loadOnce(load)
  return async (context) => {
    const { path, method } = context.req
    if (method !== 'GET' && method !== 'HEAD') {
      const headers = { allow: 'GET, HEAD' }
      throw new ApiError('method_not_allowed', 'This path does not have this method. Use GET', {
        headers,
      })
    }
    setConsoleHeaders(context)
    const { files, byName } = await loaded()
    const name = path.slice(`${consolePath}/`.length)
    if (!isFileName(name)) return answerPage(context, renderPage(files, path))
    const file = byName.get(name)
    if (file === undefined) throw new ApiError('not_found', 'The console has no such file')
    return answerFile(context, file)
  }
}

/** Deeper paths are pages: the name of a model may have a dot. */
const isFileName = (name: string) => name.includes('.') && !name.includes('/')

const answerFile = (context: Context<Env>, file: EncodedFile) => {
  const coding = codingFor(context.req.header('accept-encoding'), smallestFirst) ?? 'identity'
  context.header('cache-control', forGood)
  context.header('content-type', file.type)
  context.header('vary', 'Accept-Encoding')
  if (coding !== 'identity') context.header('content-encoding', coding)
  return context.body(new Uint8Array(file[coding]))
}

const answerPage = (context: Context<Env>, page: string) => {
  const etag = `"${hash('sha256', page).slice(0, 16)}"`
  context.header('cache-control', 'no-cache')
  context.header('etag', etag)
  context.header('vary', 'Accept')
  if (context.req.header('if-none-match') === etag) return context.body(null, 304)
  return context.html(page)
}
