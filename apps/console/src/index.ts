export type { ConsoleFile, ConsoleFiles } from './console-files.ts'
export { loadConsole } from './load-built.ts'
