import { withoutKeys } from './keys-in-text.ts'

/** Puts `…` where a secret was. */
export type Hide = (text: string) => string

/** Shorter passwords would be found in the middle of words. */
const shortestSecret = 4

const words = /[^\s"'<>]+/g

/** Where a URL has a user and a password: from its slashes to its last `@`, for a password may hold others. */
const withoutUser = (word: string) => {
  const from = word.indexOf('://')
  const to = word.lastIndexOf('@')
  return from >= 0 && to > from ? `${word.slice(0, from)}://…${word.slice(to)}` : word
}

/** A text without the user and the password of any URL in it. */
export const withoutCredentials: Hide = (text) => {
  const named = text.replace(/(password=)[^&\s"'<>\\]+/gi, '$1…')
  return named.includes('://') ? named.replace(words, withoutUser) : named
}

/** A server that does not know a command repeats what came with it: for AUTH, the password. */
const arguments_ = /(with args beginning with: ).*/s

/**
 * Makes the function that takes all secrets out of a text: keys, the credentials of URLs, and those that this process
 * was given in its settings, however they come in.
 *
 * @param secrets passwords, as they are and as URLs have them
 */
export const hideSecrets = (secrets: readonly string[]): Hide => {
  const known = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .toSorted((a, b) => b.length - a.length) // One may be a part of another.
  return (text) => {
    let clean = withoutCredentials(withoutKeys(text)).replace(arguments_, '$1…')
    for (const secret of known) clean = clean.replaceAll(secret, '…')
    return clean
  }
}
