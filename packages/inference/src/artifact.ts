/** The file of a model: in memory where it is small, else on this machine's disk. It can be posted to a thread. */
export type Artifact =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'file'; readonly path: string; readonly size: number }

const encoder = new TextEncoder()

/** A file that is made of a text. */
export const textArtifact = (text: string): Artifact => ({
  type: 'bytes',
  bytes: encoder.encode(text),
})
