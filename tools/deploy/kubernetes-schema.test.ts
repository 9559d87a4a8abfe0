import { expect, test } from 'vitest'
import { folder, manifestFiles, readDocuments } from './kubernetes-files.ts'
import { faultsOf } from './kubernetes-schema.ts'

type Named = Parameters<typeof faultsOf>[0]

const files = [
  ...manifestFiles,
  `${folder}/egress/network-policy.yaml`,
  `${folder}/monitoring/pod-monitor.yaml`,
]
const documents = files.flatMap((path) =>
  readDocuments<Named & { readonly metadata: { readonly name: string } }>(path).map((manifest) => ({
    what: `${manifest.kind} ${manifest.metadata.name} of ${path}`,
    manifest,
  })),
)

test.each(documents)('$what is one that Kubernetes takes', async ({ manifest }) => {
  expect(await faultsOf(manifest)).toEqual([])
})

/** A part of a manifest whose members a user names. */
const isMap = (name: string) => /^(labels|matchLabels|selector|requests|limits)$/.test(name)

/** The manifest once for each of its fields, in which that one is misspelt. */
const misspellings = (value: unknown): { readonly field: string; readonly wrong: unknown }[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      misspellings(item).map(({ field, wrong }) => ({ field, wrong: value.with(index, wrong) })),
    )
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const { [name]: _, ...others } = value as Record<string, unknown>
    const inside = isMap(name) && !('matchLabels' in Object(member)) ? [] : misspellings(member)
    return [
      { field: `${name}x`, wrong: { ...others, [`${name}x`]: member } },
      ...inside.map(({ field, wrong }) => ({ field, wrong: { ...others, [name]: wrong } })),
    ]
  })
}

test('each field of each manifest, misspelt, is a fault', async () => {
  const all = documents.flatMap(({ manifest }) =>
    misspellings(manifest).filter(({ field }) => field !== 'apiVersionx' && field !== 'kindx'),
  )
  expect(all.length).toBeGreaterThan(300)
  const missed = []
  for (const { field, wrong } of all) {
    const faults = await faultsOf(wrong as Named)
    if (!faults.some((fault) => fault.endsWith(`.${field} is unknown`))) missed.push(field)
  }
  expect(missed).toEqual([])
})

const [api] = readDocuments<Named>(`${folder}/api.yaml`)

test.each([
  ['a kind that is not there', { kind: 'Deploiment' }, 'apps/v1 has no Deploiment'],
  ['a version that is not there', { apiVersion: 'apps/v9' }, 'apps/v9 has no Deployment'],
  ['a text for a number', { spec: { replicas: '2' } }, '/spec/replicas must be integer'],
  ['what must be there and is not', { spec: {} }, 'must have required property selector'],
])('%s is a fault', async (_, changed, says) => {
  expect((await faultsOf({ ...api, ...changed })).join()).toContain(says)
})
