/** Whether a server beside the database works, by the outcome of the last request to it. */
export type Health = {
  readonly isOk: () => boolean
  /** Reports a failed request: the server counts as unusable from now on, until `ask` succeeds. */
  readonly failed: (error: unknown) => void
  /** Asks now. */
  readonly look: () => Promise<void>
  readonly stop: () => void
}

type HealthOptions = {
  /** Asks for something that is as much work as what the server is needed for: one that answers may refuse to write. */
  readonly ask: () => Promise<unknown>
  /** Called once each time that the server stops working, with the reason. */
  readonly onFailure: (error: unknown) => void
  readonly onRecovery: () => void
}

const everyMs = 1000
const patienceMs = 2000

/** Asks a server once a second whether it still does what it is needed for. An open connection does not prove it. */
export const followHealth = ({ ask, onFailure, onRecovery }: HealthOptions): Health => {
  let isOk = true
  let isStopped = false
  let looking: Promise<void> | undefined

  const failed = (error: unknown) => {
    if (isStopped || !isOk) return
    isOk = false
    onFailure(error)
  }
  const succeeded = () => {
    if (isStopped || isOk) return
    isOk = true
    onRecovery()
  }
  const lookNow = async () => {
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No answer in ${patienceMs} ms`)), patienceMs)
      timer.unref()
    })
    await Promise.race([ask(), tooLate])
      .then(succeeded, failed)
      .finally(() => clearTimeout(timer))
  }
  const look = () => {
    looking ??= lookNow().finally(() => {
      looking = undefined
    })
    return looking
  }
  const timer = setInterval(() => void look(), everyMs).unref()
  return {
    isOk: () => isOk,
    failed,
    look,
    stop: () => {
      isStopped = true
      clearInterval(timer)
    },
  }
}
