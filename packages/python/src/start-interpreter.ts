import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { ModelOptions, Predictions } from '@dsapi/inference'
import {
  type EngineMember,
  engineEnvironment,
  forwardLines,
  howEnded,
} from '@dsapi/inference/engines'
import type { PythonModel } from './description.ts'
import { createFrameReader, writeFrame } from './frames.ts'
import { type Hello, readHello } from './hello.ts'
import { readAnswer } from './read-answer.ts'

const runner = fileURLToPath(new URL('./runner.py', import.meta.url))

/**
 * Starts a process of the user's interpreter that computes with a model. It ends with this process.
 *
 * @param options what the model and its module do not say
 * @param onLine receives what it prints
 */
export const startInterpreter = (
  model: PythonModel,
  options: Pick<ModelOptions, 'features' | 'types' | 'classes' | 'outputs'>,
  onLine: (line: string) => void,
): EngineMember<Hello> => {
  const { callable, interpreter, directory } = model
  const ready = Promise.withResolvers<Hello>()
  let hello: Hello | undefined
  let answer: PromiseWithResolvers<Predictions> | undefined

  // The model is named for people who look at the list of processes.
  const child = spawn(interpreter, ['-u', runner, callable], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    cwd: directory,
    env: engineEnvironment(),
  })
  child.unref()
  child.on('error', (error) => ready.reject(startError(model, error)))
  const [, output, errors, requests, answers] = child.stdio.map(toSocket)
  for (const stream of [output, errors]) if (stream) forwardLines(stream, onLine)

  const fail = (error: unknown) => {
    ready.reject(error)
    answer?.reject(error)
  }
  const read = createFrameReader((frame) => {
    try {
      if (hello !== undefined) {
        answer?.resolve(readAnswer(frame, hello.output))
      } else {
        hello = readHello(frame.head)
        ready.resolve(hello)
      }
    } catch (error) {
      fail(error)
    }
  })
  answers?.on('data', (chunk: Buffer) => {
    try {
      read(chunk)
    } catch (error) {
      // Something else than the runner writes there, so no answer can be trusted.
      fail(error)
      child.kill('SIGKILL')
    }
  })
  const send = (head: object, numbers?: Float64Array<ArrayBuffer>) => {
    requests?.write(writeFrame(head, numbers))
  }
  send({ callable, directory, options })
  // Nobody waits for it after the start.
  ready.promise.catch(() => {})
  return {
    ready: ready.promise,
    compute: ({ nRows, numbers, texts }) => {
      answer = Promise.withResolvers<Predictions>()
      const doubles = numbers instanceof Float64Array ? numbers : Float64Array.from(numbers)
      send({ rows: nRows, texts }, doubles)
      return answer.promise
    },
    end: () => void child.kill('SIGKILL'),
    ended: howEnded(child),
  }
}

/** A pipe to a child process, which keeps no process alive. */
const toSocket = (stream: unknown): Socket | undefined => {
  if (!(stream instanceof Socket)) return undefined
  stream.unref()
  // Writing to a process that has just ended fails; how it ended is reported.
  stream.on('error', () => {})
  return stream
}

const startError = ({ interpreter, directory }: PythonModel, error: Error) => {
  if (!existsSync(directory)) return new Error(`There is no folder ${directory}`)
  return new Error(
    `The interpreter ${interpreter} could not be started (${error.message}). Name the path of a Python, such as /usr/bin/python3`,
  )
}
