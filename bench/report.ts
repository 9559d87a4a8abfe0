/** The quantile `q` of some figures. */
export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)]

/** The median of some figures. */
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** Prints a table in Markdown. */
export const printTable = (
  header: readonly string[],
  rows: readonly (readonly string[])[],
): void => {
  const lines = [header, header.map(() => '---'), ...rows]
  process.stdout.write(`${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`)
}
