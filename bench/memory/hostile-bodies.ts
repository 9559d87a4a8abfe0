// Bodies of at most 16 MiB that could take much more memory in a server.

const mebibyte = 2 ** 20
const bytes = Math.round(7.7 * mebibyte) * 2

const instances = (unit: string, separator = ',') => {
  const count = Math.floor(bytes / (unit.length + separator.length))
  return `{"instances":[${Array(count).fill(unit).join(separator)}]}`
}

/** Bodies with their names. Six at a time must not kill a server with 1 GiB. */
export const hostileBodies: readonly (readonly [name: string, body: string])[] = [
  ['2.7 million rows', instances('[1,1]')],
  ['rows by name', instances('{"feature_a":1,"feature_b":1}')],
  ['numbers as text', instances('["1","1"]')],
  ['empty rows', instances('[]')],
  ['empty objects', instances('{}')],
  [
    'right rows with arrays in them',
    instances('{"feature_a":1,"feature_b":1,"c":[[],[],[],[],[],[]]}'),
  ],
  [
    'one row of numbers',
    `{"instances":[[${Array(bytes / 2)
      .fill('1')
      .join(',')}]]}`,
  ],
  ['brackets', `{"instances":${'['.repeat(bytes)}`],
  [
    'brackets in another member',
    `{"a":${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)},"instances":[]}`,
  ],
  ['digits', `{"instances":[[${'1'.repeat(bytes)},1]]}`],
  ['a long text', `{"instances":[["${'x'.repeat(bytes)}",1]]}`],
  [
    'many members',
    `{${Array.from({ length: 10 ** 6 }, (_, i) => `"${i}":[]`).join(',')},"instances":[]}`,
  ],
  [
    'members of the same name',
    `{${Array(10 ** 6)
      .fill('"instances":[]')
      .join(',')}}`,
  ],
  ['white space', `{"instances":[${' '.repeat(bytes)}]}`],
  ['no JSON', 'x'.repeat(bytes)],
]
