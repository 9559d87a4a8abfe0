/** What is wrong with a row: its first problem, and how many more there are. */
export const problemOf = (first: string, count: number): string =>
  count > 1 ? `${first} (and ${count - 1} more)` : first
