/** A bar for a share from 0 to 1, in eighths of a character, `width` characters long for all of it. */
export const bar = (share: number, width = 20): string => {
  const eighths = Math.round(share * width * 8)
  const rest = eighths % 8
  return '█'.repeat(Math.floor(eighths / 8)) + (rest === 0 ? '' : (' ▏▎▍▌▋▊▉'[rest] ?? ''))
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
