/**
 * Stops all that a stack holds, the newest first. What one part cannot put in order does not keep the others from
 * stopping.
 */
export const stopAll = async (
  stack: AsyncDisposableStack,
  onError: (error: unknown) => void,
): Promise<void> => {
  try {
    await stack.disposeAsync()
  } catch (error) {
    for (const each of allOf(error)) onError(each)
  }
}

/** A second error comes with the first one inside. */
const allOf = (error: unknown): readonly unknown[] =>
  error instanceof SuppressedError ? [...allOf(error.suppressed), error.error] : [error]
