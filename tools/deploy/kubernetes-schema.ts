// Whether a manifest is one that Kubernetes takes, by the schemas of its API as kubernetes-models carries them.

type Named = { readonly apiVersion: string; readonly kind: string }

type Model = { readonly prototype: { validate(this: unknown): void } }

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The same value, which writes down the path of each member that is asked for. */
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
 * What is wrong with a manifest; nothing, for one that an API server would read as it was meant. The schemas
 * let unknown members pass, as the server itself does. But what validates is compiled of them and looks at
 * each member that they name: one that it has not looked at is not in them.
 */
export const faultsOf = async (manifest: Named): Promise<string[]> => {
  const model = await importModel(manifest)
  if (model === undefined) return [`${manifest.apiVersion} has no ${manifest.kind}`]
  const asked = new Set<string>()
  const wrong = complaint(model, watched(manifest, '', asked))
  const unknown = unasked(manifest, '', asked)
  return [...wrong, ...unknown.map((path) => `${path} is unknown`)]
}
