export const tags = {
  Predictions: 'Predictions of one row or of many, and slow predictions, which a worker computes',
  Models:
    'Models by their names, their versions, and which of them answers. Keys with the scope `admin` change them',
  Jobs: 'The state, events and results of slow predictions and batches',
  Webhooks:
    'Signed messages to a URL of yours when a job has ended, in the form of Standard Webhooks',
  Keys: 'Management of API keys, for keys with the scope `admin`',
  Protocols:
    'The same models in protocols that others have defined, for the clients of those. Errors have the form of the protocol',
  Operations: 'Health of the server, and this document. No key is needed',
} as const

export type TagName = keyof typeof tags
