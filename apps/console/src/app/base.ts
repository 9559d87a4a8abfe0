/**
 * The address of the console, without a slash at its end: `https://host/prefix/console`. It is read from the address of this
 * script, so that the console works behind a proxy with a prefix without a setting.
 */
export const consoleUrl: string = import.meta.url.replace(/\/console\/[^/]*$/, '/console')

/** The address of the API: the one that clients use, and the one that snippets show. */
export const serverUrl: string = consoleUrl.replace(/\/console$/, '')
