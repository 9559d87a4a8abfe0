/** The markers of UBJSON, draft 12 (https://ubjson.org, "Type reference"), by their ASCII codes. */
export const MARKER = {
  null: 90, // Z
  noop: 78, // N
  true: 84, // T
  false: 70, // F
  int8: 105, // i
  uint8: 85, // U
  int16: 73, // I
  int32: 108, // l
  int64: 76, // L
  float32: 100, // d
  float64: 68, // D
  highPrecision: 72, // H
  char: 67, // C
  text: 83, // S
  openArray: 91, // [
  closeArray: 93, // ]
  openObject: 123, // {
  closeObject: 125, // }
  type: 36, // $
  count: 35, // #
} as const

/** How many bytes a number takes. */
const SIZES: Readonly<Record<number, number>> = {
  [MARKER.int8]: 1,
  [MARKER.uint8]: 1,
  [MARKER.int16]: 2,
  [MARKER.int32]: 4,
  [MARKER.int64]: 8,
  [MARKER.float32]: 4,
  [MARKER.float64]: 8,
}

export const sizeOf = (marker: number): number | undefined => SIZES[marker]

/** Values without any bytes: a count of them would promise more than the file can hold. */
export const isEmptyType = (marker: number) =>
  marker === MARKER.null ||
  marker === MARKER.noop ||
  marker === MARKER.true ||
  marker === MARKER.false

/** A number that is stored with the most significant byte first. The caller has checked that it is there. */
export function numberAt(view: DataView, marker: number, at: number): number {
  switch (marker) {
    case MARKER.int8:
      return view.getInt8(at)
    case MARKER.uint8:
      return view.getUint8(at)
    case MARKER.int16:
      return view.getInt16(at)
    case MARKER.int32:
      return view.getInt32(at)
    case MARKER.int64:
      // Exact up to 2^53; what is larger is refused wherever a whole number is expected.
      return view.getInt32(at) * 2 ** 32 + view.getUint32(at + 4)
    case MARKER.float32:
      return view.getFloat32(at)
    default:
      return view.getFloat64(at)
  }
}
