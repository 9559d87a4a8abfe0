/** Receives the errors of work in the background, which has nobody to throw them at. */
export type OnError = (error: unknown) => void
