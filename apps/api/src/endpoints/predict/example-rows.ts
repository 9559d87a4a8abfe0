/** The rows of the examples, in the order of the model's features or by their names. */
export const ones = (names: readonly string[]) => names.map(() => 1)
export const zeros = (names: readonly string[]) => names.map(() => 0)

export const everyRow = (names: readonly string[], value: unknown) =>
  Object.fromEntries(names.map((name) => [name, value]))
