export const tags = {
  Predictions: 'Fast predictions, one or many; slow ones, which a worker computes',
  Jobs: "How the key's own slow predictions and batches stand, and what came of them",
  Keys: 'The administration of keys, for keys with the scope `admin`',
  Operations: 'How the server is, and this document; without a key',
} as const

export type TagName = keyof typeof tags
