import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { type Problem, problemOf } from '../api/problem.ts'
import { Dialog } from './dialog.tsx'
import { ProblemBox } from './problem-box.tsx'

type ConfirmProps = {
  readonly title: string
  readonly children: ComponentChildren
  /** What the button says that does it. */
  readonly action: string
  readonly danger?: boolean
  /** A text that must be typed before it can be done. */
  readonly typed?: string
  readonly onConfirm: () => Promise<void>
  readonly onClose: () => void
}

/** Asks before something is done that cannot be undone. "No" has the focus. */
export const Confirm = (props: ConfirmProps) => {
  const { title, children, action, danger = false, typed, onConfirm, onClose } = props
  const text = useSignal('')
  const isBusy = useSignal(false)
  const problem = useSignal<Problem | undefined>(undefined)
  const confirm = async (event: Event) => {
    event.preventDefault()
    isBusy.value = true
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      problem.value = problemOf(error)
      isBusy.value = false
    }
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={confirm}>
        {children}
        {typed !== undefined && (
          <label class="field">
            <span>
              Type <strong class="name">{typed}</strong> to confirm
            </span>
            <input
              value={text.value}
              autocomplete="off"
              onInput={(event) => {
                text.value = event.currentTarget.value
              }}
            />
          </label>
        )}
        {problem.value && <ProblemBox problem={problem.value} />}
        <div class="buttons">
          <button type="button" data-first-focus onClick={onClose}>
            No
          </button>
          <button
            type="submit"
            class={danger ? 'danger' : 'main'}
            disabled={isBusy.value || (typed !== undefined && text.value !== typed)}
          >
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
