import type { Label } from '../labels.ts'
import { parseLabelNumber, writtenForm } from './label-number.ts'

/** Labels as they are read: strings that turn out to be numbers, or not, at the end. */
export class LabelColumn {
  /** Each label once: a part of a longer text would keep all of it in memory. */
  readonly #known = new Map<string, string>()
  readonly #labels: string[] = []

  push(label: string): void {
    const known = this.#known.get(label)
    if (known === undefined) this.#known.set(label, label)
    this.#labels.push(known ?? label)
  }

  /** The labels of all rows, as {@link readLabels} reads them. */
  toLabels(): Label[] {
    const known = Array.from(this.#known.keys())
    const labels = readLabels(known)
    const labelOf = new Map(known.map((text, i) => [text, labels[i]]))
    return this.#labels.map((text) => labelOf.get(text) ?? text)
  }
}

/**
 * Numbers if every label is one that loses nothing by it, else the strings: 01234 and 1234 are two classes, and so are 1E1
 * and 10.
 *
 * @param texts each label once
 */
export function readLabels(texts: readonly string[]): readonly Label[] {
  const forms = new Map<number, string>()
  const numbers: number[] = []
  for (const text of texts) {
    const value = parseLabelNumber(text)
    if (value === undefined) return texts
    const form = value === 0 ? '0' : writtenForm(text)
    if ((forms.get(value) ?? form) !== form) return texts
    forms.set(value, form)
    numbers.push(value + 0) // Minus zero is zero.
  }
  return numbers
}
