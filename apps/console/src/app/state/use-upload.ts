import type { Submitted } from '@dsapi/client'
import { useSignal } from '@preact/signals'
import { type Problem, problemOf } from '../api/problem.ts'
import { withQuery } from '../api/request.ts'
import { sendFile } from '../api/send-file.ts'
import { hasScope } from '../api/session.ts'
import { navigate } from '../router/location.ts'
import { announce } from '../ui/announce.tsx'

export type UploadState = {
  readonly startedAt: number
  readonly sentBytes: number
  readonly allBytes: number
}

/** The name of the submission: the same file sent again makes no second job. */
const nameOf = async (file: File, model: string): Promise<string> => {
  const text = [file.name, file.size, file.lastModified, model].join('\n')
  if (globalThis.crypto.subtle === undefined) return `console-${file.size}-${file.lastModified}`
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `console-${Array.from(new Uint8Array(hash, 0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

const typeOf = (file: File) =>
  /\.(ndjson|jsonl)$/i.test(file.name) ? 'application/x-ndjson' : 'text/csv'

/** Sends a batch, and goes to its job. */
export const useUpload = () => {
  const state = useSignal<UploadState | undefined>(undefined)
  const problem = useSignal<Problem | undefined>(undefined)
  const abort = useSignal<AbortController | undefined>(undefined)

  const start = async (file: File, model: string) => {
    const controller = new AbortController()
    abort.value = controller
    problem.value = undefined
    const startedAt = Date.now()
    state.value = { startedAt, sentBytes: 0, allBytes: file.size }
    try {
      const { id } = await sendFile<Submitted>({
        path: withQuery('/jobs/batch', { model: model === 'default' ? undefined : model }),
        body: file,
        headers: { 'content-type': typeOf(file), 'idempotency-key': await nameOf(file, model) },
        onProgress: (sentBytes) => {
          state.value = { startedAt, sentBytes, allBytes: file.size }
        },
        signal: controller.signal,
      })
      state.value = undefined
      announce('The batch was sent')
      if (hasScope('jobs')) navigate(`/jobs/${id}`)
    } catch (error) {
      state.value = undefined
      if (controller.signal.aborted) announce('The upload was cancelled')
      else problem.value = problemOf(error)
    }
  }
  return {
    state: state.value,
    problem: problem.value,
    start,
    cancel: () => abort.value?.abort(),
    reset: () => {
      problem.value = undefined
    },
  }
}
