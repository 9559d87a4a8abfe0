import { decimalAt } from '../document/decimal.ts'
import { brokenAt } from '../errors.ts'
import { quoteText } from '../quote-text.ts'
import type { BaseLink } from './objectives.ts'
import type { PlacedText } from './read-text-members.ts'

/** XGBoost's kRtEps, by which a base score of 0 or 1 is moved inwards since 3.1. */
const EPSILON = Math.fround(1e-6)

const parseFloat32 = (text: string): number | undefined => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0) & 127)
  const value = decimalAt(bytes, 0, bytes.length)
  return value === undefined ? undefined : Math.fround(value)
}

/**
 * From which margin the trees of each output start. The file has the base score as the label would be, a probability
 * for logistic objectives: `"5E-1"` until 3.0, and a list, `"[5E-1]"`, one number a class or target, since 3.1.
 *
 * @param clamps whether the version moves 0 and 1 inwards (src/objective/logistic_obj.h); before, they were refused
 */
export function baseMargins(
  baseScore: PlacedText,
  outputs: number,
  link: BaseLink,
  clamps: boolean,
): Float64Array {
  const { text, offset } = baseScore
  const isList = text.startsWith('[') && text.endsWith(']')
  const parts = (isList ? text.slice(1, -1) : text).split(',')
  if (parts.length !== 1 && parts.length !== outputs)
    throw brokenAt(
      offset,
      `base_score has ${parts.length} numbers, but the model has ${outputs} outputs`,
    )
  const margins = parts.map((part) => {
    const score = parseFloat32(part.trim())
    const margin = score === undefined ? Number.NaN : toMargin(score, link, clamps)
    if (Number.isFinite(margin)) return margin
    throw brokenAt(
      offset,
      `base_score is ${quoteText(text)}, which is not possible for this objective`,
    )
  })
  return Float64Array.from({ length: outputs }, (_, i) => margins[margins.length === 1 ? 0 : i])
}

function toMargin(score: number, link: BaseLink, clamps: boolean): number {
  const f = Math.fround
  if (link === 'identity') return score
  if (link === 'log') return f(Math.log(score))
  if (!(score >= 0 && score <= 1)) return Number.NaN
  const inside = clamps ? Math.min(Math.max(score, EPSILON), f(1 - EPSILON)) : score
  return -f(Math.log(f(f(1 / inside) - 1)))
}
