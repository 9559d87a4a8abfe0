import { byteSize } from './parse.ts'
import { type Setting, settings } from './settings.ts'

/** A setting, as the documentation lists it. */
export type SettingDescription = {
  readonly variable: string
  readonly meaning: string
  readonly allowed: string
  /** The default; `undefined` if there is none. */
  readonly fallback: string | undefined
}

const units = ['GiB', 'MiB', 'KiB'] as const

/** A size as people write it: 16777216 is `16MiB`. */
const sizeText = (bytes: number): string => {
  const power = units.findIndex((_, index) => bytes % 1024 ** (units.length - index) === 0)
  return power < 0 ? String(bytes) : `${bytes / 1024 ** (units.length - power)}${units[power]}`
}

const fallbackText = ({ parse, fallback }: Setting<unknown>): string | undefined => {
  if (fallback === undefined || (Array.isArray(fallback) && fallback.length === 0)) return undefined
  const isSize = parse === byteSize || parse === settings.maxModel.parse
  return isSize ? sizeText(Number(fallback)) : String(fallback)
}

/** Describes all settings, for the reference that is generated from them. */
export const describeSettings = (): readonly SettingDescription[] =>
  Object.values(settings).map((setting: Setting<unknown>) => ({
    variable: setting.variable,
    meaning: setting.meaning,
    allowed: setting.allowed,
    fallback: fallbackText(setting),
  }))
