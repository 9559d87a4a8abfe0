/** What went wrong with an attempt, for people, in one line without the URL. */
export const explainFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  // Of several addresses, none could be reached: the message of the whole is empty.
  const first = error instanceof AggregateError ? error.errors[0] : error
  const { message } = first instanceof Error ? first : error
  return message.slice(0, longestReason)
}

const longestReason = 500
