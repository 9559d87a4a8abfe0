import { readdirSync } from 'node:fs'
import type { IDeployment } from 'kubernetes-models/apps/v1'
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import type { IJob } from 'kubernetes-models/batch/v1'
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1'
import type { INamespace, IPodTemplateSpec, IService } from 'kubernetes-models/v1'
import { parse, parseAllDocuments } from 'yaml'
import { read, root } from './files.ts'

export const folder = 'deploy/kubernetes'

/** What `kubectl apply` takes, of the kinds that are in the folder. */
export type Manifest =
  | IDeployment
  | IHorizontalPodAutoscaler
  | IJob
  | INamespace
  | INetworkPolicy
  | IPodDisruptionBudget
  | IService

export type Kustomization = {
  readonly namespace: string
  readonly resources: readonly string[]
  readonly images: readonly { readonly name: string }[]
  readonly configMapGenerator?: readonly {
    readonly name: string
    readonly envs: readonly string[]
  }[]
}

/** All files of a folder of manifests. */
export const filesIn = (path: string): string[] =>
  readdirSync(root + path, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

export const readKustomization = (path: string): Kustomization =>
  parse(read(`${path}/kustomization.yaml`))

/** The documents of a file, with what YAML's anchors stand for. */
export const readDocuments = <T = Manifest>(path: string): T[] =>
  parseAllDocuments(read(path), { merge: true }).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]
    return document.toJS()
  })

/** The files of the manifests, by their paths in the repository. */
export const manifestFiles = [folder, `${folder}/first-model`].flatMap((path) =>
  readKustomization(path).resources.map((name) => `${path}/${name}`),
)

export const manifests = manifestFiles.flatMap((path) => readDocuments(path))

/** The manifests of one kind. */
export const ofKind = <K extends Manifest['kind']>(kind: K) =>
  manifests.filter((one): one is Extract<Manifest, { kind: K }> => one.kind === kind)

type Pods = { readonly name: string; readonly template: IPodTemplateSpec }

/** The pods that the manifests create, by the name of the workload. */
export const pods: readonly Pods[] = [...ofKind('Deployment'), ...ofKind('Job')].flatMap(
  ({ metadata, spec }) =>
    spec === undefined ? [] : [{ name: metadata?.name ?? '', template: spec.template }],
)

/** All containers of the pods, including init containers. */
export const containers = pods.flatMap(({ name, template }) =>
  [...(template.spec?.initContainers ?? []), ...(template.spec?.containers ?? [])].map(
    (container) => ({ ...container, of: name }),
  ),
)
