import { open } from 'node:fs/promises'
import { type Artifact, type EngineKind, headBytes, type Kind, localKinds } from '@dsapi/inference'

/** A module is loaded when a file is looked at that none before it recognizes. */
const engineKinds: readonly (() => Promise<EngineKind>)[] = [
  async () => (await import('@dsapi/python')).python,
  async () => (await import('@dsapi/onnx')).onnx,
]

/** Finds out by its first bytes which kind a file is of; undefined where it is of none that is known. */
export const findKind = async (head: Uint8Array): Promise<Kind | undefined> => {
  const local = localKinds.find(({ recognizes }) => recognizes(head))
  if (local !== undefined) return local
  for (const load of engineKinds) {
    const kind = await load()
    if (kind.recognizes(head)) return kind
  }
  return undefined
}

/** The name of the kind whose files name code to run, and the format of its versions. */
const code = 'python'

/** Whether what would be started runs code that the file names. */
export const runsCode = ({ name }: Kind): boolean => name === code

/** Whether a version was added as code, by an operator. */
export const isCodeFormat = (format: string): boolean => format === code

/** The first bytes of a file. */
export const headOf = async (artifact: Artifact): Promise<Uint8Array> => {
  if (artifact.type === 'bytes') return artifact.bytes.subarray(0, headBytes)
  const file = await open(artifact.path)
  try {
    const head = new Uint8Array(Math.min(headBytes, artifact.size))
    await file.read(head, 0, head.length, 0)
    return head
  } finally {
    await file.close()
  }
}
