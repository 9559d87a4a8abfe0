import { signal } from '@preact/signals'
import { pages } from '../router/pages.ts'
import { hotkeys } from '../state/settings.ts'
import { Dialog } from '../ui/dialog.tsx'

export const isListShown = signal(false)

const list = [
  ['?', 'Show this list'],
  ['/', 'Go to the filter'],
  ['j', 'Next row'],
  ['k', 'Previous row'],
  ['Enter', 'Open the row'],
  ['x', 'Choose the row'],
  ['Shift X', 'Choose all rows up to this one'],
  ['r', 'Refresh'],
  ['p', 'Pause or go on with updates'],
  ['t', 'Next theme'],
  ...pages.flatMap(({ nav }) => (nav === undefined ? [] : [[`g ${nav.key}`, nav.text] as const])),
  ['Esc', 'Close a dialog'],
] as const

/** The keyboard hotkeys, and the switch that turns them off. */
export const HotkeyList = () => {
  if (!isListShown.value) return null
  const close = () => {
    isListShown.value = false
  }
  return (
    <Dialog title="Keyboard shortcuts" onClose={close}>
      <dl class="hotkeys">
        {list.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label class="check">
        <input
          type="checkbox"
          checked={hotkeys.value === 'on'}
          onChange={(event) => {
            hotkeys.value = event.currentTarget.checked ? 'on' : 'off'
          }}
        />
        Shortcuts of single keys are on
      </label>
      <div class="buttons">
        <button type="button" class="main" data-first-focus onClick={close}>
          Close
        </button>
      </div>
    </Dialog>
  )
}
