import type { Feature } from '../model-info.ts'

/** A value that a feature may have, as JSON has it. */
export const exampleValue = ({ type, categories }: Feature): string | number | boolean => {
  if (categories !== undefined && categories.length > 0) return categories[0]
  if (type === 'text') return 'a'
  return type === 'boolean' ? true : 1
}
