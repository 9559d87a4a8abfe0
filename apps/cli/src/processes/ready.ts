/** What a child process tells the one that started it, once it does its work. */
export type ReadyMessage = { readonly ready: string }

/**
 * Tells the process that started this one that it is ready; nothing happens where there is none.
 *
 * @param where the address, for a server
 */
export const reportReady = (where: string): void => {
  process.send?.({ ready: where } satisfies ReadyMessage)
}

/** Whether a child's message is that it is ready. */
export const isReadyMessage = (message: unknown): message is ReadyMessage =>
  typeof message === 'object' &&
  message !== null &&
  'ready' in message &&
  typeof message.ready === 'string'
