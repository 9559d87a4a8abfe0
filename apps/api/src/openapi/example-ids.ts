/** The jobs and keys that the examples speak of. */
export const jobIds = {
  queued: '01a20a53-e65e-70cd-b1a3-f6e582c193c5',
  succeeded: '01a20a53-d2a2-7a65-97bf-31b066546ec4',
  failed: '01a20a53-e64e-7d17-a541-f4acec55f5b0',
  cancelled: '01a20a53-d6aa-7e01-9a55-0e6a2f0c6a11',
  batch: '01a20a53-d015-734c-929c-ffc9093c09d5',
  unknown: '01a20a53-ffff-7000-8000-000000000000',
} as const

export const deliveryIds = {
  delivered: '01a20a53-e6f8-7c3d-a9a3-5f1c0b7d2e90',
  failed: '01a20a53-e6f9-7e21-8d14-6a0f9b3c4d55',
  test: '01a20a54-0a10-7b52-9c0e-2f6d1e8a7b31',
  unknown: '01a20a53-ffff-7000-8000-000000000001',
} as const

export const keyIds = {
  active: '22869812-7761-47c7-a96c-e5725584b5cb',
  disabled: '36818b9f-ba08-43b8-98d0-6924aa76aed5',
  revoked: '0b1f6c1e-7a35-4e0c-9f57-2f0d5c6f3f6d',
  unknown: '646eeb93-9a56-4cc7-aa6a-2e7ce9ae6add',
} as const
