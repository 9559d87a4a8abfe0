/**
 * Waits until this process is told to end: by SIGTERM, by Ctrl-C, or because the process that
 * started it let go of it or is gone. A second signal ends it at once.
 */
export const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false
    const ask = () => {
      if (asked) process.exit(1)
      asked = true
      resolve()
    }
    process.on('SIGTERM', ask)
    process.on('SIGINT', ask)
    process.once('disconnect', resolve)
  })
