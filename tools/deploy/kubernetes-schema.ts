// Whether a manifest is one that Kubernetes takes, by the schemas of its API as kubernetes-models carries them.

type Named = { readonly apiVersion: string; readonly kind: string }

type Model = { readonly prototype: { validate(this: unknown): void } }

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** A proxy of the value that records the path of each member that is read. */
const watched = (value: object, path: string, asked: Set<string>): object =>
  new Proxy(value, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      const itsPath = `${path}.${String(name)}`
      asked.add(itsPath)
      return isObject(member) ? watched(member, itsPath, asked) : member
    },
  })

const unasked = (value: unknown, path: string, asked: ReadonlySet<string>): string[] => {
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const itsPath = `${path}.${name}`
    return asked.has(itsPath) ? unasked(member, itsPath, asked) : [itsPath]
  })
}

const importModel = async ({ apiVersion, kind }: Named): Promise<Model | undefined> => {
  const isOfOperator = apiVersion.startsWith('monitoring.coreos.com/')
  const from = isOfOperator ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models'
  const loaded: Readonly<Record<string, Model>> = await import(
    `${from}/${apiVersion}/${kind}`
  ).catch(() => ({}))
  return loaded[kind]
}

const complaint = (model: Model, manifest: unknown) => {
  try {
    model.prototype.validate.call(manifest)
    return []
  } catch (error) {
    return [String(error)]
  }
}

/**
 * Lists what is wrong with a manifest. The schemas accept unknown members, as the API server does. But the compiled
 * validator reads each member that the schemas name, so a member that it has not read is unknown.
 */
export const faultsOf = async (manifest: Named): Promise<string[]> => {
  const model = await importModel(manifest)
  if (model === undefined) return [`${manifest.apiVersion} has no ${manifest.kind}`]
  const asked = new Set<string>()
  const wrong = complaint(model, watched(manifest, '', asked))
  const unknown = unasked(manifest, '', asked)
  return [...wrong, ...unknown.map((path) => `${path} is unknown`)]
}
