/** The oldest Node that dsapi and its libraries run on; `engines` in package.json says the same. */
export const oldestNode = '24.16.0'

const numbersOf = (version: string) => version.split('.').map(Number)

const isOlder = (version: string, than: string) => {
  const [major, minor] = numbersOf(version)
  const [leastMajor, leastMinor] = numbersOf(than)
  return major < leastMajor || (major === leastMajor && minor < leastMinor)
}

/**
 * What is wrong with a version of Node, for a person; nothing if it is new enough.
 *
 * @param version as `process.version` has it
 */
export const complaintAboutNode = (version: string): string | undefined =>
  isOlder(version.slice(1), oldestNode)
    ? `Node ${version} is too old: install Node ${oldestNode} or newer`
    : undefined
