import type { Label } from './labels.ts'
import { parseNumber } from './parse-number.ts'

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

  /** Numbers if every label can be read as one, else the strings. */
  toLabels(): Label[] {
    const numbers = new Map<string, number>()
    for (const label of this.#known.keys()) {
      const value = parseNumber(label)
      if (value === undefined) return this.#labels
      numbers.set(label, value)
    }
    return this.#labels.map((label) => numbers.get(label) ?? label)
  }
}
