/** The model of the paths that name none, such as `/predict/…`. */
export const defaultModel = 'default'

const pattern = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** A version in the words of a log: its tag, after the name of its model unless that is `default`. */
export const nameOfVersion = ({
  name,
  tag,
}: {
  readonly name: string
  readonly tag: string
}): string => (name === defaultModel ? tag : `${name} ${tag}`)

/** The form of a model's name, as documents have regular expressions. */
export const modelNamePattern: string = pattern.source

/** The form in words, for messages about a wrong name. */
export const modelNameForm =
  '1 to 64 lower-case letters, digits, dots, dashes and underscores, with a letter or a digit first'

export const isModelName = (text: string): boolean => pattern.test(text)
