import type { MadeKey } from '@dsapi/client'
import { keySnippets } from '../../snippets/key-snippets.ts'
import { Snippets } from '../../snippets/snippets.tsx'
import { Copy } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'

type NewKeyDialogProps = {
  readonly made: MadeKey
  readonly onStored: () => void
}

/** Shows a new key, which no other answer has. Only "I have stored it" closes it. */
export const NewKeyDialog = ({ made, onStored }: NewKeyDialogProps) => (
  <Dialog title="The new key" wide>
    <p>
      Store it now: it is shown only here, and the server keeps only its hash. Its name is{' '}
      <strong class="name">{made.name}</strong>.
    </p>
    <div class="new-key">
      <code>{made.key}</code>
      <Copy text={made.key} what="key" label="Copy" />
    </div>
    <Snippets of={keySnippets()} />
    <div class="buttons">
      <button type="button" class="main" data-first-focus onClick={onStored}>
        I have stored it
      </button>
    </div>
  </Dialog>
)
