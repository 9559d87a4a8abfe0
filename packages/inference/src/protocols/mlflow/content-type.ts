import { shorten } from '../shorten.ts'

/** What a body is by its Content-Type, or why it is not taken. */
export type BodyType =
  | { readonly ok: true; readonly type: 'json' | 'csv' }
  | { readonly ok: false; readonly message: string }

const types: ReadonlyMap<string, 'json' | 'csv'> = new Map([
  ['application/json', 'json'],
  ['text/csv', 'csv'],
])

const refused = (message: string): BodyType => ({ ok: false, message })

/** Reads a Content-Type as MLflow's scoring server does: it has no parameters but `charset`. */
export const readContentType = (header: string | undefined): BodyType => {
  if (header === undefined || header.trim() === '') {
    return refused('The request must have a Content-Type: application/json or text/csv')
  }
  const [name, ...parameters] = header.split(';').map((part) => part.trim().toLowerCase())
  const type = types.get(name)
  if (type === undefined) {
    return refused(
      `The Content-Type must be application/json or text/csv, and is "${shorten(name)}"`,
    )
  }
  for (const parameter of parameters) {
    const [key, value = ''] = parameter.split('=')
    if (key === '') continue
    if (key !== 'charset') {
      const hint = key === 'format' ? hintFor(value) : ''
      return refused(`The Content-Type has the unknown parameter "${shorten(key)}"${hint}`)
    }
    if (!/^"?utf-?8"?$/.test(value)) {
      return refused(`The body must be UTF-8, and the charset is "${shorten(value)}"`)
    }
  }
  return { ok: true, type }
}

/** Clients of MLflow before 2.0 name the form of the body so. */
const hintFor = (format: string) => {
  const key = format.includes('split') ? 'dataframe_split' : 'dataframe_records'
  return `. It is one of MLflow before 2.0. Send {"${key}": …} as application/json`
}
