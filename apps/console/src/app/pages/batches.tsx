import { useSignal } from '@preact/signals'
import { hasScope } from '../api/session.ts'
import type { JobPage, ModelList } from '../api/types.ts'
import { formatBytes } from '../format.ts'
import { batchSnippet } from '../snippets/batch-snippets.ts'
import { Snippets } from '../snippets/snippets.tsx'
import { useAsked } from '../state/use-asked.ts'
import { useUpload } from '../state/use-upload.ts'
import { Command } from '../ui/command.tsx'
import { Choice } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { ProblemBox } from '../ui/problem-box.tsx'
import { checkHeader } from './batches/check-header.ts'
import { DropZone } from './batches/drop-zone.tsx'
import { RecentBatches } from './batches/recent-batches.tsx'
import { UploadProgress } from './batches/upload-progress.tsx'

/** Sends a file of rows, which are scored in the background. */
export const Batches = () => {
  const models = useAsked<ModelList>('/api/models')
  const list = useAsked<JobPage>(hasScope('jobs') ? '/api/jobs?kind=batch&limit=10' : undefined, {
    every: 2000,
  })
  const name = useSignal<string | undefined>(undefined)
  const file = useSignal<File | undefined>(undefined)
  const wrong = useSignal<string | undefined>(undefined)
  const upload = useUpload()
  const choose = async (chosen: File | undefined, features: readonly string[]) => {
    file.value = chosen
    upload.reset()
    wrong.value = chosen && (await checkHeader(chosen, features))
  }
  return (
    <Page title="Batches" lead="Score a file of rows in the background. A row is a line.">
      <Loaded
        of={models}
        empty={({ models: all }) =>
          all.length > 0 ? undefined : (
            <>
              <p>There is no model yet. Add one on the server:</p>
              <Command text="dsapi model add model.json --name default" />
            </>
          )
        }
      >
        {({ models: all }) => {
          const model =
            all.find((one) => one.name === name.value) ??
            all.find((one) => one.name === 'default') ??
            all[0]
          const features = model?.features?.map((feature) => feature.name) ?? []
          const modelName = model?.name ?? 'default'
          return (
            <>
              <Panel title="Send a file">
                {all.length > 1 && (
                  <Choice
                    label="Model"
                    value={modelName}
                    choices={all.map((one) => [one.name, one.name] as const)}
                    onChange={(chosen) => {
                      name.value = chosen
                      void choose(undefined, [])
                    }}
                  />
                )}
                <DropZone
                  features={features}
                  isBusy={upload.state !== undefined}
                  onFile={(chosen) => void choose(chosen, features)}
                />
                {file.value !== undefined && upload.state === undefined && (
                  <div class="chosen-file">
                    <strong class="name">{file.value.name}</strong>
                    <span class="soft">{formatBytes(file.value.size)}</span>
                    <button
                      type="button"
                      class="main"
                      disabled={wrong.value !== undefined}
                      onClick={() => file.value && void upload.start(file.value, modelName)}
                    >
                      Send
                    </button>
                  </div>
                )}
                {wrong.value !== undefined && (
                  <p class="field-problem" role="alert">
                    {wrong.value}
                  </p>
                )}
                {upload.state && <UploadProgress state={upload.state} onCancel={upload.cancel} />}
                {upload.problem && <ProblemBox problem={upload.problem} />}
              </Panel>
              {hasScope('jobs') && (
                <Panel title="Latest batches" class="flush">
                  <RecentBatches of={list} />
                </Panel>
              )}
              <Panel title="Do this from a program">
                <Snippets of={batchSnippet(modelName)} />
              </Panel>
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
