import { parseAst } from 'vitest/node'

/** A regular expression as it stands in a source file. */
export type FoundPattern = {
  readonly line: number
  readonly source: string
  readonly flags: string
}

type Found = {
  readonly patterns: readonly FoundPattern[]
  /** Lines where one is built at run time. */
  readonly computed: readonly number[]
}

type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const literalRegex = (node: Node) => {
  const { regex } = node
  if (typeof regex !== 'object' || regex === null) return undefined
  if (!('pattern' in regex) || !('flags' in regex)) return undefined
  return { source: String(regex.pattern), flags: String(regex.flags) }
}

const textOf = (node: unknown) =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

/** Finds the regular expressions of a TypeScript or JavaScript file: literals, and `RegExp` of texts. */
export const findPatterns = (code: string, lang: 'ts' | 'js'): Found => {
  const patterns: FoundPattern[] = []
  const computed: number[] = []
  const lineOf = ({ start }: Node) => code.slice(0, start).split('\n').length
  const visit = (value: unknown) => {
    if (Array.isArray(value)) for (const element of value) visit(element)
    if (!isNode(value)) return
    const literal = literalRegex(value)
    if (literal) patterns.push({ line: lineOf(value), ...literal })
    const { callee } = value
    if (isNode(callee) && callee.name === 'RegExp' && Array.isArray(value.arguments)) {
      const source = textOf(value.arguments[0])
      const flags = textOf(value.arguments[1]) ?? ''
      if (source === undefined) computed.push(lineOf(value))
      else patterns.push({ line: lineOf(value), source, flags })
    }
    for (const member of Object.values(value)) visit(member)
  }
  visit(parseAst(code, { lang }))
  return { patterns, computed }
}
