/** What a child process sends to its parent once it is ready. */
export type ReadyMessage = { readonly ready: string }

/**
 * Reports to the parent process that this one is ready. Does nothing without a parent of dsapi.
 *
 * @param address of a server; empty for a worker
 */
export const reportReady = (address: string): void => {
  process.send?.({ ready: address } satisfies ReadyMessage)
}

/** Whether a child's message reports that it is ready. */
export const isReadyMessage = (message: unknown): message is ReadyMessage =>
  typeof message === 'object' &&
  message !== null &&
  'ready' in message &&
  typeof message.ready === 'string'
