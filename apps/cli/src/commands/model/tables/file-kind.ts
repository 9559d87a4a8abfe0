/** The kind of a file that is not text in UTF-8, and how to convert it. */
export type FileKind = { readonly is: string; readonly remedy: (path: string) => string }

const unpack = (command: string) => (path: string) => `Unpack it: ${command} ${path}`
const convert = (encoding: string) => (path: string) =>
  `Convert it: iconv -f ${encoding} -t UTF-8 ${path} > utf8.csv`
const exportIt = () => 'Save or export it as CSV in UTF-8'

/** The first bytes of each kind, in hexadecimal. */
const beginnings: readonly (readonly [hex: string, kind: FileKind])[] = [
  ['1f8b', { is: 'is compressed by gzip', remedy: unpack('gunzip --keep') }],
  ['425a68', { is: 'is compressed by bzip2', remedy: unpack('bunzip2 --keep') }],
  ['fd377a585a00', { is: 'is compressed by xz', remedy: unpack('unxz --keep') }],
  ['28b52ffd', { is: 'is compressed by zstd', remedy: unpack('unzstd') }],
  [
    '504b0304',
    {
      is: 'is a zip archive or a workbook (.xlsx, .ods)',
      remedy: (path) => `Unpack it: unzip ${path}. Of a workbook, save the sheet as CSV in UTF-8`,
    },
  ],
  ['504b0506', { is: 'is an empty zip archive', remedy: exportIt }],
  ['377abcaf271c', { is: 'is a 7z archive', remedy: unpack('7z x') }],
  ['d0cf11e0a1b11ae1', { is: 'is a workbook of old Excel (.xls)', remedy: exportIt }],
  ['25504446', { is: 'is a PDF document', remedy: exportIt }],
  ['50415231', { is: 'is in the format Parquet', remedy: exportIt }],
  ['4152524f5731', { is: 'is in the format Arrow or Feather', remedy: exportIt }],
  ['894844460d0a1a0a', { is: 'is in the format HDF5', remedy: exportIt }],
  ['934e554d5059', { is: 'is an array of NumPy', remedy: exportIt }],
  ['53514c69746520666f726d6174203300', { is: 'is a SQLite database', remedy: exportIt }],
  ['fffe0000', { is: 'is text in UTF-32', remedy: convert('UTF-32') }],
  ['0000feff', { is: 'is text in UTF-32', remedy: convert('UTF-32') }],
  ['fffe', { is: 'is text in UTF-16', remedy: convert('UTF-16') }],
  ['feff', { is: 'is text in UTF-16', remedy: convert('UTF-16') }],
]

/** Recognizes a file that is not text in UTF-8 by its first bytes; undefined if they match no kind. */
export const fileKindOf = (bytes: Buffer): FileKind | undefined => {
  const hex = bytes.subarray(0, 16).toString('hex')
  const known = beginnings.find(([begin]) => hex.startsWith(begin))
  if (known) return known[1]
  // ASCII in two bytes a character has a NUL in every second place.
  if (bytes.length < 4 || !bytes.includes(0)) return undefined
  if (isZero(bytes, 1) && !isZero(bytes, 0)) {
    return { is: 'is text in UTF-16', remedy: convert('UTF-16LE') }
  }
  if (isZero(bytes, 0) && !isZero(bytes, 1)) {
    return { is: 'is text in UTF-16', remedy: convert('UTF-16BE') }
  }
  return undefined
}

const looked = 64

const isZero = (bytes: Buffer, from: number) => {
  const end = Math.min(bytes.length, looked)
  let zeros = 0
  for (let i = from; i < end; i += 2) if (bytes[i] === 0) zeros++
  return zeros > (end / 2) * 0.7
}
