import { waitFor } from '@dsapi/testing'

const features = ['feature_a', 'feature_b']
export const rows = { instances: [[1, 1]] }

/** A model that answers every row with this class, more or less surely. */
export const constant = (label: 0 | 1, sureness = 5): object => ({
  classes: [0, 1],
  coef: [[0, 0]],
  intercept: [label === 1 ? sureness : -sureness],
  feature_names: features,
})

/** Sends requests with a key, and reads answers in JSON. */
export const asking = (url: string, key: string) => {
  const send = async (method: string, path: string, body?: unknown, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'x-api-key': key, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return {
      status: response.status,
      headers: response.headers,
      version: response.headers.get('x-model-version'),
      body: (await response.json()) as Record<string, never> & { readonly message?: string },
    }
  }
  return {
    send,
    get: (path: string) => send('GET', path),
    post: (path: string, body?: unknown, headers?: Record<string, string>) =>
      send('POST', path, body, headers),
  }
}

export type Asking = ReturnType<typeof asking>

/** Adds a version over HTTP, after which this process answers with it. */
export const addVersion = async (
  { post }: Asking,
  name: string,
  file: object,
  query = '',
): Promise<number> => {
  const { status, body } = await post(`/models/${name}/versions${query}`, file)
  if (status !== 201) throw new Error(JSON.stringify(body))
  return Number(body.version)
}

/** Waits until a served version, a canary or a shadow is taken up. */
export const takenUp = async (ask: Asking, name: string, version: number): Promise<void> => {
  await waitFor(async () => {
    const { version: tag } = await ask.post(`/models/${name}/predict`, rows)
    return tag?.startsWith(`${version}-`) === true
  })
}
