/** Colours that differ for people who see colours differently (after Okabe and Ito), one for each class. */
const colours = [
  [59, 125, 216],
  [224, 138, 30],
  [42, 157, 110],
  [155, 95, 192],
  [209, 73, 91],
  [42, 167, 184],
  [176, 145, 20],
  [128, 138, 156],
] as const

type Colour = readonly [number, number, number]

const colourOf = (index: number): Colour => colours[index % colours.length] ?? colours[0]

export const cssColour = (index: number): string => `rgb(${colourOf(index).join(' ')})`

/** How much white a point gets where no class is likelier than another. */
const mostWhite = 0.6

/** The mix of the colours of all classes, each with the weight of its probability, and the paler the less certain. */
export const mixOf = (probabilities: ArrayLike<number>): Colour => {
  const mix: [number, number, number] = [0, 0, 0]
  let largest = 0
  for (let index = 0; index < probabilities.length; index++) {
    const [red, green, blue] = colourOf(index)
    const weight = probabilities[index] ?? 0
    mix[0] += weight * red
    mix[1] += weight * green
    mix[2] += weight * blue
    largest = Math.max(largest, weight)
  }
  const least = 1 / probabilities.length
  const white = mostWhite * (1 - (largest - least) / (1 - least || 1))
  const paler = (part: number) => part + (255 - part) * white
  return [paler(mix[0]), paler(mix[1]), paler(mix[2])]
}
