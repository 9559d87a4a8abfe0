import { withoutKeys } from './keys-in-text.ts'

/** Puts `…` where a secret was. */
export type Hide = (text: string) => string

/** Shorter passwords would be found in the middle of words. */
const shortestSecret = 4

const words = /[^\s"'<>]+/g

/** User and password of a URL: from its slashes to its last `@`, because a password may contain others. */
const withoutUser = (word: string) => {
  const from = word.indexOf('://')
  const to = word.lastIndexOf('@')
  return from >= 0 && to > from ? `${word.slice(0, from)}://…${word.slice(to)}` : word
}

/** Removes the user and the password of every URL in a text. */
export const withoutCredentials: Hide = (text) => {
  const named = text.replace(/(password=)[^&\s"'<>\\]+/gi, '$1…')
  return named.includes('://') ? named.replace(words, withoutUser) : named
}

/** A server that does not know a command repeats its arguments: for AUTH, the password. */
const arguments_ = /(with args beginning with: ).*/s

/**
 * Makes the function that removes all secrets from a text: keys, the credentials of URLs, and the secrets in the settings
 * of this process, in any form.
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
