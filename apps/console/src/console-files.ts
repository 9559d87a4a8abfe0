/** A file of the console with the hash of its content in its name, so that a browser may keep it for good. */
export type ConsoleFile = {
  readonly name: string
  readonly type: 'text/javascript' | 'text/css'
  readonly text: string
}

/** The files of the console. Their folder is `/console/`; the page of every path loads its script and its style. */
export type ConsoleFiles = {
  readonly script: ConsoleFile
  /** What the script loads from the same folder when it is needed. */
  readonly parts: readonly ConsoleFile[]
  readonly style: ConsoleFile
}
