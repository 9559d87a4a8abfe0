import type { DocumentReader } from '../document/document-reader.ts'
import { decodeUtf8 } from '../document/utf8.ts'
import { brokenAt } from '../errors.ts'
import type { Category } from '../features.ts'

/**
 * The names of categories that XGBoost stores since 3.1, by feature (dmlc/xgboost, src/data/cat_container.cc): texts
 * as the bytes of all and where each begins, or whole numbers. A feature without categories has none.
 */
export function readCategories(reader: DocumentReader): (readonly Category[])[] {
  const features: (readonly Category[])[] = []
  reader.object((name) => {
    if (name !== 'enc') return reader.skip()
    reader.array(() => {
      features.push(readColumn(reader))
    })
  })
  return features
}

/** The types whose numbers UBJSON stores in the signed type of the same width; how many numbers that has. */
const UNSIGNED: Readonly<Record<number, number>> = { 12: 2 ** 16, 14: 2 ** 32, 16: 2 ** 64 }

function readColumn(reader: DocumentReader): readonly Category[] {
  const start = reader.offset
  let offsets: Int32Array | undefined
  let place: number | undefined
  let type: number | undefined
  reader.object((name) => {
    if (name === 'offsets') offsets = reader.integers()
    else if (name === 'type') type = reader.number()
    else {
      if (name === 'values') place = reader.offset
      reader.skip()
    }
  })
  if (place === undefined) throw brokenAt(start, 'Categories have no values')
  const end = reader.offset
  reader.seek(place)
  const wrap = UNSIGNED[type ?? 0] ?? 0
  const categories =
    offsets === undefined
      ? Array.from(reader.doubles(), (value) => (value < 0 ? value + wrap : value))
      : textsOf(reader.bytes(), offsets, start)
  reader.seek(end)
  return categories
}

function textsOf(bytes: Uint8Array, offsets: Int32Array, start: number): string[] {
  const texts: string[] = []
  for (let i = 0; i + 1 < offsets.length; i++) {
    const [from, to] = [offsets[i], offsets[i + 1]]
    if (from < 0 || to < from || to > bytes.length)
      throw brokenAt(
        start,
        `The name of a category is the bytes ${from} to ${to}, but there are ${bytes.length}`,
      )
    texts.push(decodeUtf8(bytes.subarray(from, to), start))
  }
  return texts
}
