/** The CRC-32 of some doubles' little-endian bytes, as Python's `zlib.crc32` gives it. */
export function crc32OfDoubles(values: Iterable<number>): number {
  const bytes = new DataView(new ArrayBuffer(8))
  let crc = 0xffffffff
  for (const value of values) {
    bytes.setFloat64(0, value, true)
    for (let i = 0; i < 8; i++) {
      crc ^= bytes.getUint8(i)
      for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1))
    }
  }
  return ~crc >>> 0
}
