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

  /**
   * Numbers if every label is one that loses nothing by it, else the strings: 01234 and 1234 are two
   * classes, and so are 1E1 and 10.
   */
  toLabels(): Label[] {
    const numbers = new Map<string, number>()
    const forms = new Map<number, string>()
    for (const label of this.#known.keys()) {
      const value = parseLabelNumber(label)
      if (value === undefined) return this.#labels
      const form = value === 0 ? '0' : writtenForm(label)
      if ((forms.get(value) ?? form) !== form) return this.#labels
      forms.set(value, form)
      numbers.set(label, value + 0) // Minus zero is zero.
    }
    return this.#labels.map((label) => numbers.get(label) ?? label)
  }
}
