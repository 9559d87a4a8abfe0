import type { AuditEntry, KeyDescription, OwnKey } from '@dsapi/auth'
import { keyIds } from '../../openapi/example-ids.ts'

export const active: KeyDescription = {
  id: keyIds.active,
  name: 'a shop',
  key: 'dsapi_pD8k…w9F1',
  state: 'active',
  scopes: ['predict', 'jobs'],
  models: null,
  rate: '100/s',
  daily_quota: null,
  max_jobs: null,
  note: '',
  webhook_url: null,
  created_by: 'cli:me',
  created_at: '2026-11-23T21:00:00.000Z',
  expires_at: null,
  disabled_at: null,
  revoked_at: null,
  last_used_at: null,
  replaced_by: null,
}

export const disabled: KeyDescription = {
  ...active,
  id: keyIds.disabled,
  name: 'another shop',
  state: 'disabled',
  disabled_at: '2026-11-23T21:30:00.000Z',
}

export const revoked: KeyDescription = {
  ...active,
  id: keyIds.revoked,
  name: 'a shop that closed',
  state: 'revoked',
  revoked_at: '2026-11-23T21:30:00.000Z',
}

/** The keys that the examples speak of, as they are before each. */
export const exampleKeys: readonly KeyDescription[] = [active, disabled, revoked]

/** What was written down about them. */
export const created: AuditEntry = {
  id: 1,
  at: '2026-11-23T21:00:00.000Z',
  actor: 'cli:me',
  action: 'create',
  key_id: keyIds.active,
  detail: { name: 'a shop', scopes: 'predict jobs' },
}

/** A key as it is shown once. */
export const wholeKey = 'dsapi_pD8khFj1oHVtFer47cMNwYz5o8vAqymn4Rw9F1'

const { note, ...ownActive } = active

/** A key whose holder finds that an admin has rotated it. */
export const rotatedOwnKey: OwnKey = {
  ...ownActive,
  expires_at: '2026-11-24T21:00:00.000Z',
  replaced_by: keyIds.unknown,
  line: [
    { ...ownActive, expires_at: '2026-11-24T21:00:00.000Z', replaced_by: keyIds.unknown },
    {
      ...ownActive,
      id: keyIds.unknown,
      key: 'dsapi_Zt4x…0Qb7',
      created_by: `key:${keyIds.disabled}`,
      created_at: '2026-11-23T21:00:00.000Z',
    },
  ],
  history: [
    {
      id: 3,
      at: '2026-11-23T21:00:00.000Z',
      actor: `key:${keyIds.disabled}`,
      action: 'create',
      key_id: keyIds.unknown,
      detail: { name: 'a shop', scopes: 'predict jobs', rotated_from: keyIds.active },
    },
    {
      id: 2,
      at: '2026-11-23T21:00:00.000Z',
      actor: `key:${keyIds.disabled}`,
      action: 'rotate',
      key_id: keyIds.active,
      detail: { replaced_by: keyIds.unknown, grace_seconds: 86_400 },
    },
    created,
  ],
}
