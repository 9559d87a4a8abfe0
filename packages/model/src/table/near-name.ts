/** Longer names are not compared: the time grows with the square of their length. */
const MAX_LENGTH = 100
const MAX_NAMES = 1000

/** The name that was probably meant: the same but for upper case, blanks and signs, or with one or two characters else. */
export function nearName(name: string, names: readonly string[]): string | undefined {
  const plain = plainOf(name)
  const same = names.find((other) => plainOf(other) === plain)
  if (same !== undefined || name.length > MAX_LENGTH) return same
  const allowed = name.length < 4 ? 1 : 2
  let nearest: string | undefined
  let least = allowed + 1
  for (const other of names.slice(0, MAX_NAMES)) {
    if (Math.abs(other.length - name.length) > allowed) continue
    const distance = editDistance(name.toLowerCase(), other.toLowerCase())
    if (distance < least && distance < Math.min(name.length, other.length)) {
      least = distance
      nearest = other
    }
  }
  return nearest
}

function plainOf(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]/g, '')
}

/** Levenshtein's distance, a row of the table at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1))
    }
    row = next
  }
  return row[b.length]
}
