import type { DocumentReader } from '../document/document-reader.ts'
import { brokenAt } from '../errors.ts'
import { MAX_FEATURES } from '../features.ts'
import { quoteText } from '../quote-text.ts'

/** A text of the file, and the byte where it stands. */
export interface PlacedText {
  readonly text: string
  readonly offset: number
}

/** Some members of an object, as far as they are texts: XGBoost writes its parameters so, numbers too. */
export function readTextMembers(
  reader: DocumentReader,
  names: readonly string[],
): Map<string, PlacedText> {
  const members = new Map<string, PlacedText>()
  reader.object((name) => {
    const { offset } = reader
    if (names.includes(name) && reader.peek() === 'text')
      members.set(name, { text: reader.text(), offset })
    else reader.skip()
  })
  return members
}

/** A list of texts, one a feature. */
export function readTexts(reader: DocumentReader): string[] {
  const texts: string[] = []
  reader.array((index) => {
    if (index === MAX_FEATURES)
      throw brokenAt(reader.offset, `${MAX_FEATURES} features are the most that is read`)
    texts.push(reader.text())
  })
  return texts
}

/** A whole number from 0 on that stands as text; `otherwise` where it is not there. */
export function countOf(
  members: ReadonlyMap<string, PlacedText>,
  name: string,
  otherwise?: number,
): number {
  const found = members.get(name)
  if (found === undefined) {
    if (otherwise !== undefined) return otherwise
    throw brokenAt(firstOffset(members), `${name} is missing`)
  }
  const count = /^\d{1,15}$/.test(found.text) ? Number(found.text) : -1
  if (count < 0)
    throw brokenAt(
      found.offset,
      `${name} is ${quoteText(found.text)}, but has to be a whole number`,
    )
  return count
}

const firstOffset = (members: ReadonlyMap<string, PlacedText>) =>
  members.values().next().value?.offset ?? 0
