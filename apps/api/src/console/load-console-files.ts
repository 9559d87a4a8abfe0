import type { ConsoleFiles } from '@dsapi/console'

/** The package is imported when its files are first asked for: in a checkout it brings a bundler. */
export const loadConsoleFiles = async (): Promise<ConsoleFiles> => {
  const { loadConsole } = await import('@dsapi/console')
  return loadConsole()
}
