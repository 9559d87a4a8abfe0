import { useSignal } from '@preact/signals'
import { Icon } from '../../ui/icon.tsx'

type DropZoneProps = {
  readonly features: readonly string[]
  readonly isBusy: boolean
  readonly onFile: (file: File | undefined) => void
}

const quoted = (name: string) => (/[",\n\r]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)

/** A file with the header that the model needs and one line to fill in. */
const templateOf = (features: readonly string[]) =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(`${features.map(quoted).join(',')}\n`)}`

/** Where a file is dropped, chosen, or its rows are pasted. */
export const DropZone = ({ features, isBusy, onFile }: DropZoneProps) => {
  const isOver = useSignal(false)
  const pasted = useSignal('')
  return (
    <>
      <label
        class={`drop ${isOver.value ? 'over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          isOver.value = true
        }}
        onDragLeave={() => {
          isOver.value = false
        }}
        onDrop={(event) => {
          event.preventDefault()
          isOver.value = false
          if (!isBusy) onFile(event.dataTransfer?.files[0])
        }}
      >
        <Icon name="batches" />
        <span>
          <strong>Choose a file</strong> or drop it here
          <small>CSV with a header, or NDJSON</small>
        </span>
        <input
          type="file"
          accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
          disabled={isBusy}
          onChange={(event) => onFile(event.currentTarget.files?.[0])}
        />
      </label>
      <div class="below-drop">
        <details>
          <summary>Paste rows</summary>
          <label class="field">
            <span>CSV with a header</span>
            <textarea
              rows={5}
              spellcheck={false}
              placeholder={features.join(',')}
              value={pasted.value}
              onInput={(event) => {
                pasted.value = event.currentTarget.value
              }}
            />
          </label>
          <button
            type="button"
            disabled={isBusy || pasted.value.trim() === ''}
            onClick={() => onFile(new File([pasted.value], 'pasted.csv', { type: 'text/csv' }))}
          >
            Use these rows
          </button>
        </details>
        <a download="template.csv" href={templateOf(features)}>
          Download a template
        </a>
      </div>
    </>
  )
}
