/** A number of requests in a number of seconds. */
export type Rate = { readonly requests: number; readonly seconds: number }

const secondsIn = { s: 1, m: 60, h: 3600, d: 86_400 }

const isUnit = (text: string | undefined): text is keyof typeof secondsIn =>
  text !== undefined && text in secondsIn

/** The form of a rate, for messages about a wrong one. */
export const rateForm = 'a number of requests in a span, such as 100/s, 600/m, 1000/h or 50000/d'

/** Reads `100/s`, `600/m`, `1000/h` or `50000/d`; undefined for anything else. */
export const parseRate = (text: string): Rate | undefined => {
  const [, requests, unit] = /^([1-9]\d{0,8})\/([smhd])$/.exec(text) ?? []
  return isUnit(unit) ? { requests: Number(requests), seconds: secondsIn[unit] } : undefined
}

/** Writes a rate as `parseRate` reads it. */
export const formatRate = ({ requests, seconds }: Rate): string => {
  const unit = Object.entries(secondsIn).find(([, length]) => length === seconds)?.[0]
  return `${requests}/${unit ?? `${seconds}s`}`
}
