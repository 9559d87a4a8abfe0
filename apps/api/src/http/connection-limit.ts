import { readdirSync } from 'node:fs'
import type { Server } from 'node:net'

/** Descriptors that are kept for files, databases, Redis and threads that are opened later. */
const reserve = 64
const warnEveryMs = 60_000

/** How many file descriptors this process may have open; undefined where the system does not say. */
export const descriptorLimit = (): number | undefined => {
  const { report } = process
  Object.assign(report, { excludeNetwork: true }) // It would look up names.
  const { userLimits } = report.getReport() as Report
  const soft = userLimits?.open_files?.soft
  return typeof soft === 'number' ? soft : undefined
}

type Report = { readonly userLimits?: { readonly open_files?: { readonly soft: number | string } } }

const openDescriptors = () => {
  try {
    return readdirSync('/dev/fd').length
  } catch {
    return reserve // A system that does not list them.
  }
}

/** How many connections a process may hold with so many descriptors, of which some are open already. */
export const mostConnections = (limit: number, open = openDescriptors()): number => {
  const free = limit - open
  return Math.max(1, free - Math.min(reserve, Math.ceil(free / 2)))
}

/** Called at most once a minute while connections are closed because there are too many. */
export type OnTooManyConnections = (facts: {
  readonly mostConnections: number
  /** Since the previous call. */
  readonly closed: number
}) => void

/**
 * Limits the connections of a server so that descriptors are left for its other work. Without free descriptors the system
 * closes new connections silently, and the database cannot be opened.
 *
 * @param limit how many descriptors the process may have
 */
export const limitConnections = (
  server: Server,
  onTooMany: OnTooManyConnections,
  limit = descriptorLimit(),
): void => {
  if (limit === undefined) return
  const most = mostConnections(limit)
  // In a process of a cluster, too: another that is full as well would hand it back at once.
  Object.assign(server, { maxConnections: most, dropMaxConnection: true })
  let closed = 0
  let warnedAt = Number.NEGATIVE_INFINITY
  server.on('drop', () => {
    closed++
    const now = performance.now()
    if (now - warnedAt < warnEveryMs) return
    warnedAt = now
    onTooMany({ mostConnections: most, closed })
    closed = 0
  })
}
