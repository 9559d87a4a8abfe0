import { fork, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { freePort } from '@dsapi/testing'
import { stopChild, untilItAnswers } from '../processes.ts'

/** A server to compare with. */
export type PeerServer = {
  readonly name: string
  readonly url: string
  readonly stop: () => Promise<void>
}

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Bare Hono and bare node:http in one process, which idles between its rounds. */
export const startBareServers = async (): Promise<readonly PeerServer[]> => {
  const child = fork(new URL('./bare-servers.ts', import.meta.url))
  const [ports] = await once(child, 'message')
  const stop = async () => {
    if (child.connected) child.disconnect()
  }
  return [
    { name: 'bare Hono', url: `http://127.0.0.1:${ports.hono}`, stop },
    { name: 'bare node:http', url: `http://127.0.0.1:${ports.node}`, stop },
  ]
}

const pythonVersions = (modules: readonly string[]) => {
  const code = `import ${modules.join(', ')}; print(${modules.map((m) => `${m}.__version__`).join(', ')})`
  const { status, stdout } = spawnSync('/usr/bin/python3', ['-c', code], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().split(' ') : undefined
}

const startPython = async (name: string, command: string, options: string[], key: string) => {
  const port = await freePort()
  const args = options.map((option) => option.replace('PORT', String(port)))
  const env = { ...process.env, PEER_KEY: key }
  const child = spawn(command, args, { cwd: folder, env, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await untilItAnswers(url)
  return { name, url, stop: () => stopChild(child) }
}

/** The same job in Python, with so many processes each, where Debian's packages for it are installed. */
export const startPythonPeers = async (
  key: string,
  processes: number,
): Promise<readonly PeerServer[]> => {
  const peers: PeerServer[] = []
  const flask = pythonVersions(['flask', 'gunicorn', 'sklearn'])
  if (flask !== undefined) {
    const name = `Flask ${flask[0]} + gunicorn ${flask[1]} + scikit-learn ${flask[2]}`
    const options = ['-w', String(processes), '-b', '127.0.0.1:PORT', 'flask_peer:app']
    peers.push(await startPython(name, 'gunicorn', options, key))
  }
  const fastapi = pythonVersions(['fastapi', 'uvicorn', 'sklearn'])
  if (fastapi !== undefined) {
    const name = `FastAPI ${fastapi[0]} + uvicorn ${fastapi[1]} + scikit-learn ${fastapi[2]}`
    const options = ['--port', 'PORT', '--no-access-log', 'fastapi_peer:app']
    options.push('--workers', String(processes))
    peers.push(await startPython(name, 'uvicorn', options, key))
  }
  return peers
}
