import { spawn, spawnSync } from 'node:child_process'
import { freePort } from '@dsapi/testing'
import { stopChild, untilItAnswers } from '../processes.ts'

/** The Python whose libraries are measured. */
export const python: string = process.env.DSAPI_PYTHON ?? '/usr/bin/python3'

type Asked = {
  /** What it serves: the JSON of XGBoost, or a pickle. */
  readonly model: string
  readonly key: string
  readonly workers: number
  /** The library that computes. */
  readonly library: 'xgboost' | 'sklearn'
}

export type RunningFastApi = {
  readonly name: string
  readonly url: string
  readonly pid: number | undefined
  readonly stop: () => Promise<void>
}

const versionsOf = (modules: readonly string[]) => {
  const code = `import ${modules.join(', ')}; print(${modules.map((name) => `${name}.__version__`).join(', ')})`
  const { status, stdout } = spawnSync(python, ['-c', code], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().split(' ') : undefined
}

/** What uvicorn runs on: Python alone as Debian installs it, or C, which makes it faster. */
const stacks = [
  { loop: 'asyncio', http: 'h11' },
  { loop: 'uvloop', http: 'httptools' },
] as const

/** Starts a model with FastAPI, once on each stack; none where it is not installed. */
export const startFastApi = async (asked: Asked): Promise<readonly RunningFastApi[]> => {
  const { model, key, workers, library } = asked
  const found = versionsOf(['fastapi', 'uvicorn', library])
  const running: RunningFastApi[] = []
  for (const { loop, http } of stacks) {
    if (found === undefined || versionsOf([loop === 'asyncio' ? 'h11' : loop, http]) === undefined)
      continue
    const port = await freePort()
    const options = ['--port', String(port), '--no-access-log', '--workers', String(workers)]
    const args = ['-m', 'uvicorn', ...options, '--loop', loop, '--http', http, 'fastapi_peer:app']
    const child = spawn(python, args, {
      cwd: import.meta.dirname,
      env: { ...process.env, PEER_KEY: key, PEER_MODEL: model, OMP_NUM_THREADS: '1' },
      stdio: 'ignore',
    })
    const url = `http://127.0.0.1:${port}`
    await untilItAnswers(url)
    const [fastapi, uvicorn, version] = found
    const libraryName = library === 'xgboost' ? 'XGBoost' : 'scikit-learn'
    running.push({
      name: `FastAPI ${fastapi} + uvicorn ${uvicorn} (${loop}, ${http}) + ${libraryName} ${version}`,
      url,
      pid: child.pid,
      stop: () => stopChild(child),
    })
  }
  return running
}
