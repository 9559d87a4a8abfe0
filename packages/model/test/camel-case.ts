/** Turns Python's keyword arguments into options: `n_samples` becomes `nSamples`. */
export function camelCaseKeys(kwargs: object): object {
  const toCamel = (name: string) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())
  return Object.fromEntries(Object.entries(kwargs).map(([name, value]) => [toCamel(name), value]))
}
