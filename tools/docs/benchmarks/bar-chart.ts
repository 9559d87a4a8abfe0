export type Bar = { readonly name: string; readonly value: number; readonly isOurs: boolean }

const width = 760
const nameWidth = 250
const valueWidth = 90
const rowHeight = 30
const top = 46

const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Bars as long as their values, as an SVG that can be read on light and dark pages, and read out aloud. */
export const barChart = (title: string, bars: readonly Bar[]): string => {
  const longest = Math.max(...bars.map(({ value }) => value))
  const rows = bars.map(({ name, value, isOurs }, index) => {
    const y = top + index * rowHeight
    const length = ((width - nameWidth - valueWidth) * value) / longest
    const label = Math.round(value).toLocaleString('en')
    return [
      `  <text x="${nameWidth - 12}" y="${y + 15}" text-anchor="end">${escapeText(name)}</text>`,
      `  <rect class="${isOurs ? 'ours' : 'theirs'}" x="${nameWidth}" y="${y}" width="${length.toFixed(1)}" height="20" rx="2"/>`,
      `  <text x="${(nameWidth + length + 8).toFixed(1)}" y="${y + 15}">${label}</text>`,
    ].join('\n')
  })
  const height = top + bars.length * rowHeight + 8
  const spoken = bars.map(({ name, value }) => `${name}: ${Math.round(value)}`).join('; ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(`${title}. ${spoken}`).replaceAll('"', '&quot;')}">
  <style>
    text { font: 14px system-ui, sans-serif; fill: #24292f; }
    .title { font-weight: 600; }
    .ours { fill: #1a7f64; }
    .theirs { fill: #afb8c1; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .ours { fill: #3fb68b; }
      .theirs { fill: #57606a; }
    }
  </style>
  <text class="title" x="0" y="20">${escapeText(title)}</text>
${rows.join('\n')}
</svg>
`
}
