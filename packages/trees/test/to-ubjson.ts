/** Writes a value as UBJSON, as XGBoost does: lengths of 64 bits; `typed` gives numbers a typed array. */
export const toUbjson = (
  value: unknown,
  typed: (name: string) => string | undefined = () => undefined,
) => {
  const bytes: number[] = []
  const int = (number: number, size: number) => {
    for (let i = size - 1; i >= 0; i--) bytes.push(Math.floor(number / 2 ** (8 * i)) & 255)
  }
  const length = (number: number) => {
    bytes.push(76)
    int(number, 8)
  }
  const text = (characters: string) => {
    const encoded = new TextEncoder().encode(characters)
    length(encoded.length)
    bytes.push(...encoded)
  }
  const number = (marker: string, given: number) => {
    const view = new DataView(new ArrayBuffer(8))
    if (marker === 'd') view.setFloat32(0, given)
    else if (marker === 'D') view.setFloat64(0, given)
    if (marker === 'd') bytes.push(...new Uint8Array(view.buffer, 0, 4))
    else if (marker === 'D') bytes.push(...new Uint8Array(view.buffer))
    else int(given, { i: 1, U: 1, I: 2, l: 4, L: 8 }[marker] ?? 4)
  }
  const write = (given: unknown, name = ''): void => {
    if (Array.isArray(given)) {
      bytes.push(91)
      const type = typed(name)
      if (type !== undefined) bytes.push(36, type.charCodeAt(0))
      bytes.push(35)
      length(given.length)
      for (const entry of given) type === undefined ? write(entry) : number(type, Number(entry))
    } else if (typeof given === 'object' && given !== null) {
      bytes.push(123)
      for (const [key, member] of Object.entries(given)) {
        text(key)
        write(member, key)
      }
      bytes.push(125)
    } else if (typeof given === 'string') {
      bytes.push(83)
      text(given)
    } else if (typeof given === 'boolean') bytes.push(given ? 84 : 70)
    else if (given === null) bytes.push(90)
    else if (Number.isInteger(given)) {
      bytes.push(76)
      number('L', Number(given))
    } else {
      bytes.push(68)
      number('D', Number(given))
    }
  }
  write(value)
  return Uint8Array.from(bytes)
}
