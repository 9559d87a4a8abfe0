const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** How long a delivery is tried. */
export const tryForMs = 24 * hourMs

/** Pauses after the first attempt and those after it (Standard Webhooks 1.0.0, "Operational considerations"). */
const pausesMs = [5 * secondMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs]

/**
 * When a delivery is tried again whose attempt has failed; undefined when its time is over. The last attempt is at the end
 * of that time. A pause is longer by up to a tenth, by chance, so that what failed together does not come back together.
 *
 * @param random gives numbers from 0 to below 1
 */
export const nextAttemptAt = (
  { attempts, giveUpAt }: { readonly attempts: number; readonly giveUpAt: number },
  now: number,
  random: () => number,
): number | undefined => {
  if (now >= giveUpAt) return undefined
  const pause = pausesMs[Math.min(attempts, pausesMs.length) - 1]
  return Math.min(giveUpAt, Math.round(now + pause * (1 + random() / 10)))
}
