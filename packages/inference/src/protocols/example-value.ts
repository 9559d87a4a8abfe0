import type { Feature } from '../model-info.ts'

/** A value that a feature may have, as JSON has it. */
export const exampleValue = ({ type, categories = ['a'] }: Feature): string | number | boolean => {
  if (type === 'text') return String(categories[0])
  return type === 'boolean' ? true : 1
}
