import { arrayTypes, type Datatype, type Tensor } from './tensor.ts'

/**
 * The elements as JSON, flat; null stands for NaN.
 *
 * @throws RangeError for what JSON has no number for, which the binary form takes
 */
export const tensorToJson = ({ datatype, data }: Tensor): string => {
  switch (datatype) {
    case 'BYTES':
      return JSON.stringify(data)
    case 'BOOL':
      return `[${Array.from(data, Boolean).join()}]`
    case 'FP16':
      throw new RangeError('FP16 cannot be sent as JSON: send it in binary form')
    case 'FP32':
    case 'FP64':
      return `[${Array.from(data, floatToJson).join()}]`
    default:
      // Also integers of 64 bits, with all digits.
      return `[${data.join()}]`
  }
}

const floatToJson = (value: number) => {
  if (Number.isNaN(value)) return 'null'
  if (Number.isFinite(value)) return String(value)
  throw new RangeError(`${value} cannot be sent as JSON: send it in binary form`)
}

/**
 * Reads elements from JSON, flat or nested.
 *
 * @returns undefined where they are none of the datatype
 */
export const jsonToTensor = (
  datatype: Datatype,
  shape: readonly number[],
  json: unknown,
): Tensor | undefined => {
  const values: readonly unknown[] | undefined = Array.isArray(json)
    ? json.flat(Number.POSITIVE_INFINITY)
    : undefined
  if (values === undefined) return undefined
  if (datatype === 'BYTES') {
    const isText = (value: unknown) => typeof value === 'string'
    return values.every(isText) ? { datatype, shape, data: values } : undefined
  }
  if (datatype === 'FP16') return undefined
  const numbers = values.map(numberOf).filter((value) => typeof value === 'number')
  const isWhole = !datatype.startsWith('FP')
  if (numbers.length < values.length || (isWhole && !numbers.every(Number.isInteger))) {
    return undefined
  }
  // The table has the type of each datatype.
  const data =
    datatype === 'INT64' || datatype === 'UINT64'
      ? arrayTypes[datatype].from(numbers.map(BigInt))
      : arrayTypes[datatype].from(numbers)
  return { datatype, shape, data } as Tensor
}

/** Servers write null for a number that JSON does not have. */
const numberOf = (value: unknown) => {
  if (value === null) return Number.NaN
  return typeof value === 'boolean' ? Number(value) : value
}
