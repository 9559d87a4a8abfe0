import type { Key, MadeKey, NewKey } from '@dsapi/client'
import { ask } from './request.ts'

const pathOf = (id: string, change: string) => `/api/keys/${encodeURIComponent(id)}/${change}`

export const createKey = (key: NewKey): Promise<MadeKey> =>
  ask('/api/keys', { method: 'POST', body: key })

export const rotateKey = (id: string, grace: string): Promise<MadeKey> =>
  ask(pathOf(id, 'rotate'), { method: 'POST', body: { grace } })

export const changeKey = (id: string, change: 'disable' | 'enable' | 'revoke'): Promise<Key> =>
  ask(pathOf(id, change), { method: 'POST' })
