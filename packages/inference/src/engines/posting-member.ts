import type { Predictions } from '../predictions.ts'
import { errorOf } from '../threads/posted-error.ts'
import type { EngineMember } from './engine-member.ts'
import type { FromMember, ToMember } from './engine-messages.ts'

/** How messages go to a thread or a process. */
type Posting<Data> = {
  readonly post: (message: ToMember<Data>) => void
  readonly end: () => void
  readonly ended: Promise<string>
}

/**
 * A member with which one exchanges messages.
 *
 * @returns the member, and what receives its messages
 */
export const createPostingMember = <Data, Hello>(
  data: Data,
  { post, end, ended }: Posting<Data>,
): {
  readonly member: EngineMember<Hello>
  readonly receive: (message: FromMember<Hello>) => void
} => {
  const ready = Promise.withResolvers<Hello>()
  let answer: PromiseWithResolvers<Predictions> | undefined
  const fail = (error: Error) => {
    ready.reject(error)
    answer?.reject(error)
  }
  // Nobody waits for it after the start.
  ready.promise.catch(() => {})
  post({ type: 'start', data })
  return {
    member: {
      ready: ready.promise,
      compute: (batch) => {
        answer = Promise.withResolvers<Predictions>()
        post({ type: 'batch', batch })
        return answer.promise
      },
      end,
      ended,
    },
    receive: (message) => {
      if (message.type === 'ready') ready.resolve(message.hello)
      else if (message.type === 'predictions') answer?.resolve(message.predictions)
      else fail(errorOf(message.error))
    },
  }
}
