import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** An engine that is installed: which one, and the module to import. */
export type FoundEngine = { readonly type: EngineType; readonly url: string }

/** WebAssembly in a thread, or the native library in a child process. */
export type EngineType = 'wasm' | 'native'

const packages: Readonly<Record<EngineType, string>> = {
  wasm: 'onnxruntime-web',
  native: 'onnxruntime-node',
}

/**
 * Finds an engine: the faster native one where it is installed, else WebAssembly. Each is looked for where this package
 * is, and then in the folder where the server was started, which is where users of a global command can install it.
 *
 * @param types those that may be used, the preferred one first
 * @param folder where the server was started
 * @throws Error with the line to type, when none is installed
 */
export const findEngine = (
  types: readonly EngineType[] = ['native', 'wasm'],
  folder: string = process.cwd(),
): FoundEngine => {
  for (const type of types) {
    for (const from of [import.meta.url, join(folder, 'package.json')]) {
      const path = resolveFrom(from, packages[type])
      if (path !== undefined) return { type, url: pathToFileURL(path).href }
    }
  }
  throw new MissingEngineError(
    'ONNX models need an engine, and none is installed. Type one of these in the folder of the server: ' +
      'npm install onnxruntime-web (runs everywhere), or ' +
      'ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node (faster for networks)',
  )
}

/** No engine for this kind of model is installed; the message has the line to type. */
class MissingEngineError extends Error {
  override readonly name = 'MissingEngineError'
}

const resolveFrom = (from: string, name: string): string | undefined => {
  try {
    const path = createRequire(from).resolve(name)
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}
