import type { IncomingMessage, ServerResponse } from 'node:http'
import { releaseMemory } from '@dsapi/inference/threads'
import { ApiError } from './errors.ts'
import type { HeldMemory, MemoryBudget } from './memory-budget.ts'
import { decodeBody, requirePlainBody } from './plain-body.ts'

/** A client that takes longer over a small body keeps a connection busy, no more. */
const longestMs = 30_000

/** A request with its response, as node:http has them. */
export type Exchange = { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse }

/** How large a body may be, and what it takes of the memory for requests. */
export type BodyLimit = {
  readonly maxBytes: number
  readonly memory: MemoryBudget
  /** How many bytes of memory a byte of the body takes until it is answered. */
  readonly weight: number
}

/** A body, with the memory that is held for it. */
export type ReadBody = {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly held: HeldMemory
}

/** The limit of a route: no body may take more memory than there is for all. */
export const bodyLimit = (memory: MemoryBudget, maxBytes: number, weight = 1): BodyLimit => ({
  maxBytes: Math.min(maxBytes, Math.floor(memory.limitBytes / weight)),
  memory,
  weight,
})

/** Reads a request's body as text; throws as `readBytes` does. */
export const readBody = async (exchange: Exchange, limit: BodyLimit): Promise<string> =>
  decodeBody((await readBytes(exchange, limit)).bytes)

/**
 * Reads the body of a request directly from node:http. Hono would make a `Request` and a web stream first, which costs
 * more than the rest of a small request. The memory is taken from the budget before the body is read. For a body without
 * a Content-Length it is taken while the body arrives.
 *
 * @throws ApiError `unsupported_media_type`; `body_too_large`, as soon as that is known; `invalid_body` when it was cut off;
 *   `request_timeout`; `unavailable` when there is no memory for it: the rest of the body is discarded, so that
 *   the client reads the answer
 */
export const readBytes = async (exchange: Exchange, limit: BodyLimit): Promise<ReadBody> => {
  requirePlainBody(exchange.incoming.headers)
  return readAsSent(exchange, limit)
}

/** As `readBytes`, but leaves a Content-Encoding to the caller. */
export const readAsSent = async (
  { incoming, outgoing }: Exchange,
  limit: BodyLimit,
): Promise<ReadBody> => {
  const { maxBytes, memory, weight } = limit
  const length = incoming.headers['content-length']
  if (Number(length) > maxBytes) throw tooLarge(maxBytes)
  const known = length === undefined ? undefined : Number(length)
  const held = memory.take(outgoing, (known ?? 0) * weight)
  const collector = known === undefined ? growing(limit, held) : fixed(known)
  return { bytes: await collect(incoming, collector), held }
}

/** Where the parts of a body go as they come. */
export type Collector = {
  /** @throws ApiError when it can take no more */
  readonly add: (chunk: Buffer) => void
  /** In memory of its own, which can go over to a thread: node's small buffers share theirs. */
  readonly finish: () => Uint8Array<ArrayBuffer>
}

const fixed = (length: number): Collector => {
  const all = new Uint8Array(length)
  let at = 0
  return {
    add: (chunk) => {
      all.set(chunk, at)
      at += chunk.length
    },
    finish: () => all,
  }
}

/** What a body that does not say how long it is gets at first. */
const firstBytes = 4096

/**
 * Copies the parts together as they come: a part of one byte that is kept as it is takes some hundred bytes of memory.
 */
export const growing = ({ maxBytes, weight }: BodyLimit, held: HeldMemory): Collector => {
  let space = new Uint8Array(firstBytes)
  let length = 0
  return {
    add: (chunk) => {
      const end = length + chunk.length
      if (end > maxBytes) throw tooLarge(maxBytes)
      held.hold(end * weight)
      if (end > space.length) space = enlarged(space, Math.max(end, 2 * space.length))
      space.set(chunk, length)
      length = end
    },
    finish: () => space.slice(0, length),
  }
}

const enlarged = (bytes: Uint8Array<ArrayBuffer>, length: number) => {
  const larger = new Uint8Array(length)
  larger.set(bytes)
  return larger
}

const collect = (incoming: IncomingMessage, { add, finish }: Collector) =>
  new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    const giveUp = (error: unknown) => {
      leave()
      incoming.pause()
      reject(error)
    }
    const late = setTimeout(() => giveUp(tooLate()), longestMs)
    const onData = (chunk: Buffer<ArrayBuffer>) => {
      try {
        add(chunk)
        releaseMemory(chunk)
      } catch (error) {
        giveUp(error)
      }
    }
    const onEnd = () => {
      leave()
      resolve(finish())
    }
    const onCutOff = () =>
      giveUp(new ApiError('invalid_body', 'The body ended before it was complete'))
    const leave = () => {
      clearTimeout(late)
      incoming.off('data', onData).off('end', onEnd).off('close', onCutOff)
    }
    incoming.on('data', onData)
    incoming.on('end', onEnd)
    incoming.on('error', onCutOff)
    incoming.on('close', onCutOff)
  })

/** What a body that comes too slowly is answered with. */
export const tooLate = (): ApiError =>
  new ApiError('request_timeout', 'The body took too long to arrive', {
    headers: { connection: 'close' },
  })

/** What a body that is larger than `maxBytes` is answered with. */
export const tooLarge = (maxBytes: number): ApiError =>
  new ApiError('body_too_large', `The body is larger than ${maxBytes} bytes`, {
    headers: { connection: 'close' }, // What was not read is still on its way.
  })
