import type { UnknownMembers } from '@dsapi/inference'
import { defaultModel } from '@dsapi/registry'
import { predictPath } from './http/request-target.ts'

/** What a request on the fast path asks for: the predictions of a model for a row in the path, or for the rows in a body. */
export type FastTarget = {
  /** Of the model. */
  readonly name: string
  /** As it stands in the list of routes. */
  readonly route: string
} & (
  | {
      readonly type: 'row'
      /** What stands in the path before the first name. */
      readonly base: string
    }
  | { readonly type: 'body'; readonly unknownMembers: UnknownMembers }
)

const ofDefault = '/predict'
const ofModels = '/models/'

const rowOfDefault: FastTarget = {
  ...{ type: 'row', name: defaultModel, route: `${predictPath}*`, base: predictPath },
}
const bodyOfDefault: FastTarget = {
  ...{ type: 'body', name: defaultModel, route: ofDefault, unknownMembers: 'ignored' },
}

/** Whether a path may be one that the fast path answers, by its first characters. */
export const mayBeTarget = (url: string): boolean =>
  url.startsWith(ofDefault) || url.startsWith(ofModels)

/** Reads what a request asks for; undefined for what the fast path does not answer. */
export const readTarget = (method: string, url: string): FastTarget | undefined => {
  if (url.includes('?') || (url.includes('%') && !isWellEncoded(url))) return undefined
  if (method === 'GET') {
    return url.startsWith(predictPath) ? rowOfDefault : rowOfModel(url)
  }
  if (method !== 'POST') return undefined
  return url === ofDefault ? bodyOfDefault : bodyOfModel(url)
}

const isWellEncoded = (url: string) => {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}

const nameIn = (url: string) =>
  url.startsWith(ofModels) ? url.slice(ofModels.length, url.indexOf('/', ofModels.length)) : ''

const rowOfModel = (url: string): FastTarget | undefined => {
  const name = nameIn(url)
  const base = `${ofModels}${name}${predictPath}`
  return name === '' || !url.startsWith(base)
    ? undefined
    : { type: 'row', name, route: `${ofModels}:name${predictPath}*`, base }
}

const bodyOfModel = (url: string): FastTarget | undefined => {
  const name = nameIn(url)
  return name === '' || url !== `${ofModels}${name}${ofDefault}`
    ? undefined
    : { type: 'body', name, route: `${ofModels}:name${ofDefault}`, unknownMembers: 'refused' }
}
