const escapes: Readonly<Record<string, readonly string[]>> = {
  d: ['1'],
  D: ['x'],
  w: ['a', '1'],
  W: [' ', '!'],
  s: [' ', '\n'],
  S: ['x'],
  b: [],
  B: [],
  n: ['\n'],
  r: ['\r'],
  t: ['\t'],
}

/** Characters that a pattern can match, of its literals and classes. */
const alphabetOf = (source: string): readonly string[] => {
  const found = new Set(['x', '1', ' '])
  const plain = source.replaceAll(
    /\\(u\{[\da-f]+\}|u[\da-f]{4}|x[\da-f]{2}|[pP]\{[^}]*\}|.)/gi,
    (_, escaped: string) => {
      const code = /^[ux]\{?([\da-f]+)/i.exec(escaped)?.[1]
      if (code !== undefined) found.add(String.fromCodePoint(Number.parseInt(code, 16)))
      else for (const char of escapes[escaped[0]] ?? [escaped[0]]) found.add(char)
      return ''
    },
  )
  for (const char of plain.replaceAll(/\(\?[:=!<]+/g, '').replaceAll(/\{[\d,]+\}/g, ''))
    found.add(char)
  return [...found]
}

/** Words that stand in a pattern, which a hostile text may repeat to begin a match again and again. */
const wordsOf = (source: string): readonly string[] => source.match(/[a-z_=:/-]{2,}/gi) ?? []

const longestAlphabet = 14

/**
 * Texts that make a match fail only at their end: repetitions of every character in a pattern, of every two of them, and
 * of its words.
 */
export const hostileTexts = (
  source: string,
): readonly { readonly head: string; readonly pump: string; readonly tail: string }[] => {
  const alphabet = alphabetOf(source).slice(0, longestAlphabet)
  const words = wordsOf(source).slice(0, 8)
  const pairs = alphabet.flatMap((a) => alphabet.filter((b) => b !== a).map((b) => a + b))
  const worded = words.flatMap((word) => [word, `${word}x`, `${word} `, `${word}1`])
  const heads = ['', ...words, ...alphabet.filter((char) => /[^\w\s]/.test(char)).slice(0, 4)]
  const tails = ['', '\u0000', 'x', '!\n']
  return [
    ...[...alphabet, ...worded].flatMap((pump) =>
      heads.flatMap((head) => tails.map((tail) => ({ head, pump, tail }))),
    ),
    ...pairs.flatMap((pump) => ['', '\u0000'].map((tail) => ({ head: '', pump, tail }))),
  ]
}
