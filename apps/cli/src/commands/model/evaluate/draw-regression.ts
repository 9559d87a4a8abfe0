import { table } from '../../../terminal/output.ts'
import type { RegressionEvaluation } from './cross-validate-regression.ts'

const width = 60
const height = 20
/** A cell with more rows is darker. */
const shades = [' ', '░', '▒', '▓', '█']

/** Draws the evaluation of a regression for a terminal: its scores, and the predicted against the actual numbers. */
export const drawRegression = ({ scores, actual, predicted }: RegressionEvaluation): string => {
  const drawn = table(
    ['SCORE', ''],
    Object.entries(scores).map(([name, value]) => [name, shorten(value)]),
  )
  return `${drawn}\n\n${drawPlot(actual, predicted)}`
}

/** A plot in which each cell is as dark as it has rows. Right predictions are on the diagonal, which is drawn. */
const drawPlot = (actual: Float64Array, predicted: Float64Array): string => {
  // Predictions far outside of what occurs are drawn at the edge.
  const low = actual.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = actual.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const place = (value: number, cells: number) =>
    Math.min(cells - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * cells)))
  const counts = Array.from({ length: height }, () => new Uint32Array(width))
  for (let row = 0; row < actual.length; row++) {
    counts[height - 1 - place(predicted[row], height)][place(actual[row], width)]++
  }
  const most = counts.reduce((max, line) => Math.max(max, ...line), 1)
  const margin = Math.max(shorten(low).length, shorten(high).length)
  const lines = counts.map((line, i) => {
    const cells = Array.from(line, (count, j) => {
      const isDiagonal = Math.floor((j * height) / width) === height - 1 - i
      return count === 0 ? (isDiagonal ? '·' : ' ') : shadeOf(count, most)
    })
    const title = i === 0 ? shorten(high) : i === height - 1 ? shorten(low) : ''
    return `${title.padStart(margin)} │${cells.join('')}`.trimEnd()
  })
  const axis = `${' '.repeat(margin)} └${'─'.repeat(width)}`
  const start = shorten(low)
  const ends = `${' '.repeat(margin + 2)}${start}${shorten(high).padStart(width - start.length)}`
  return ['PREDICTED by ACTUAL', ...lines, axis, ends].join('\n')
}

const shadeOf = (count: number, most: number) =>
  shades[Math.max(1, Math.ceil((Math.sqrt(count) / Math.sqrt(most)) * (shades.length - 1)))]

const shorten = (value: number) => String(Number(value.toPrecision(5)))
