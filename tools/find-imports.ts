/** One import in a source file. */
export type Import = { readonly specifier: string; readonly line: number }

const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

const imports = [
  /^(?:import|export)\s[^'"=;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^import\s*['"]([^'"]+)['"]/gm,
  /\bimport\(\s*['"]([^'"]+)['"]\s*[,)]/g,
]

const blank = (text: string) => text.replaceAll(/[^\n]/g, ' ')

/** Finds what a TypeScript file imports or re-exports, by `from`, for its effect, or at run time. */
export const findImports = (source: string): Import[] => {
  const code = source.replaceAll(comments, blank)
  return imports
    .flatMap((pattern) => [...code.matchAll(pattern)])
    .map((match) => ({
      specifier: match[1] ?? '',
      line: code.slice(0, match.index).split('\n').length,
    }))
    .toSorted((a, b) => a.line - b.line)
}
