import type { EngineKind } from '@dsapi/inference'

/** Python models, which child processes of the user's own interpreter compute. */
export const python: EngineKind = {
  name: 'python',
  recognizes: () => false,
  start: async () => {
    throw new Error('Python models are not served yet')
  },
}
