/** A way of speaking that we leave out, and what to write in its place. */
type HouseWord = { readonly pattern: RegExp; readonly instead: string }

/**
 * Words that readers would have to learn first, and the words that they would search for.
 * A pattern is matched with text in which identifiers are split at capitals, `-` and `_`.
 *
 * Three metaphors are not listed, because they explain more than the term would: "the row is the job", "the attempt is
 * the fencing token", "a dispatcher is a doorbell".
 */
const houseWords: readonly HouseWord[] = [
  { pattern: /\bdoors?\b/i, instead: 'authentication, entry point' },
  { pattern: /\badmi(t|ts|tted|tting|ttance)\b/i, instead: 'authorize, accept' },
  { pattern: /\bturn(s|ed|ing)? ((it|them|those|clients|requests) )?away\b/i, instead: 'reject' },
  { pattern: /\b(free|idle|busy|its|all|few|more|enough|no|of) hands?\b/i, instead: 'slots' },
  { pattern: /\bsigns? of life\b/i, instead: 'heartbeat' },
  {
    pattern:
      /\b(is|are|was|were|be|been|being|goes|go|went|gone|stays|stayed|while|database|redis|server) away\b/i,
    instead: 'unreachable, unavailable, lost',
  },
  { pattern: /\b(is|are|was|were|be|been) back\b/i, instead: 'reconnected, reachable again' },
  { pattern: /\b(ring|rings|rang|rung|ringing|bells?)\b/i, instead: 'wake-up, notify' },
  { pattern: /\bbooks?\b/i, instead: 'ledger' },
  {
    pattern: /\b(tell|tells|told|telling)\b/i,
    instead: 'report, return, publish, notify, show; distinguish for "tell apart"',
  },
  { pattern: /\bwhoever\b/i, instead: 'anyone who, the client that' },
  { pattern: /\bthose who\b/i, instead: 'the noun that is meant: clients, users, processes' },
  {
    pattern: /\bwho (waits|asks|stops|listens|knows|sends|wants|reads|answers)\b/i,
    instead: 'the noun that is meant: a client that waits',
  },
  { pattern: /\bby person\b/i, instead: 'actor' },
  { pattern: /\bwish(es)?\b/i, instead: 'options' },
  { pattern: /\bkeepers?\b/i, instead: 'allowed owners' },
  { pattern: /\brooms?\b(?! (for|left|in)\b)/i, instead: 'package, folder, space' },
  { pattern: /\buntil told\b/i, instead: 'wait for shutdown' },
  { pattern: /\bshort ?cuts?\b/i, instead: 'fast path' },
  { pattern: /\b(wait for|try|take|under the) turn\b/i, instead: 'advisory lock' },
  { pattern: /\b(noted|to note|note predictions?)\b/i, instead: 'record' },
  { pattern: /\bnow and then\b/i, instead: 'periodically' },
  { pattern: /\bh[au]ngs? up\b/i, instead: 'close the connection, disconnect' },
  { pattern: /\berrands?\b/i, instead: 'operation' },
  { pattern: /\bado\b/i, instead: 'work, cost' },
  { pattern: /\ball the same\b/i, instead: 'still, even so' },
  { pattern: /, but for\b/i, instead: 'except' },
  { pattern: /\bof ours\b/i, instead: 'our' },
]

/** `waitForTurn` and `wait-for-turn` as words. Lines stay where they are. */
const splitNames = (text: string): string =>
  text.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ').replace(/[_-]/g, ' ')

/**
 * Finds the words of the list in a text.
 *
 * @returns for each a line with its place, the word, and what to write in its place
 */
export const findHouseWords = (place: string, text: string): readonly string[] =>
  splitNames(text)
    .split('\n')
    .flatMap((line, index) =>
      houseWords.flatMap(({ pattern, instead }) => {
        const [found] = pattern.exec(line) ?? []
        if (found === undefined) return []
        return [`${place}:${index + 1}: "${found}"; write: ${instead}`]
      }),
    )
