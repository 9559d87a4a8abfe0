import irisReference from './reference/iris-rows.json' with { type: 'json' }

/** Fisher's iris: 150 flowers, 4 measures in centimetres, 3 species numbered from 0. */
export const irisTable = () => ({
  X: irisReference.map((row) => row.slice(0, 4)),
  y: irisReference.map((row) => row[4]),
})
