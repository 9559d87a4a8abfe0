import { isAbsolute } from 'node:path'
import { isRecord } from '@dsapi/inference'

/** Which Python model is served, and how: what an operator wrote on the server. It is stored as the file of the model. */
export type PythonModel = {
  /** `module:attribute`, or the path of a `.joblib`, `.pkl` or `.pickle` file. */
  readonly callable: string
  /** The program that runs it. */
  readonly interpreter: string
  /** How many processes compute side by side. */
  readonly processes: number
  /** The folder that modules are imported from, besides those of the interpreter. */
  readonly directory: string
}

const format = 'dsapi-python'
const mostProcesses = 64
const fileName = /\.(pkl|pickle|joblib)$/
const moduleAttribute = /^[\w.]+:[\w.]+$/

/** Whether a file describes a Python model. */
export const describesPython = (head: Uint8Array): boolean => {
  const text = new TextDecoder().decode(head).trimStart()
  return text.startsWith('{') && text.includes(`"${format}"`)
}

/** The file of a Python model. */
export const writePythonModel = (model: PythonModel): string => JSON.stringify({ format, ...model })

/**
 * Reads the file of a Python model.
 *
 * @throws Error when it is damaged, or does not describe one
 */
export const readPythonModel = (text: string): PythonModel => {
  const value: unknown = JSON.parse(text)
  if (!isRecord(value) || value.format !== format) throw new Error(`It has no format ${format}`)
  const { callable, interpreter = 'python3', processes = 1, directory } = value
  if (
    typeof callable !== 'string' ||
    !(fileName.test(callable) || moduleAttribute.test(callable))
  ) {
    throw new Error(
      'callable must be module:attribute, or the path of a .pkl, .pickle or .joblib file',
    )
  }
  if (typeof interpreter !== 'string' || interpreter === '') {
    throw new Error(
      'interpreter must be the name or the path of a program, such as /usr/bin/python3',
    )
  }
  if (!isCount(processes)) {
    throw new Error(`processes must be a whole number from 1 to ${mostProcesses}`)
  }
  if (typeof directory !== 'string' || !isAbsolute(directory)) {
    throw new Error('directory must be the whole path of a folder')
  }
  return { callable, interpreter, processes, directory }
}

const isCount = (value: unknown): value is number =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= mostProcesses
