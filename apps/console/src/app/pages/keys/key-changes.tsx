import type { Key, MadeKey } from '@dsapi/client'
import { useSignal } from '@preact/signals'
import { changeKey, rotateKey } from '../../api/keys.ts'
import { signedIn } from '../../api/session.ts'
import { refresh } from '../../state/live.ts'
import { announce } from '../../ui/announce.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Choice } from '../../ui/field.tsx'

type Change = 'rotate' | 'disable' | 'enable' | 'revoke'

const graces = [
  ['24h', '24 hours'],
  ['1h', '1 hour'],
  ['7d', '7 days'],
  ['1s', 'at once'],
] as const

const texts: Readonly<Record<Change, { title: string; action: string; danger: boolean }>> = {
  rotate: { title: 'Rotate this key?', action: 'Rotate key', danger: false },
  disable: { title: 'Disable this key?', action: 'Disable key', danger: true },
  enable: { title: 'Enable this key?', action: 'Enable key', danger: false },
  revoke: { title: 'Revoke this key?', action: 'Revoke key', danger: true },
}

const results = { disable: 'disabled', enable: 'enabled', revoke: 'revoked' } as const

type KeyChangesProps = {
  readonly of: Key
  readonly onRotated: (made: MadeKey) => void
}

/** The buttons that change a key, each with its question. */
export const KeyChanges = ({ of, onRotated }: KeyChangesProps) => {
  const asked = useSignal<Change | undefined>(undefined)
  const grace = useSignal<(typeof graces)[number][0]>('24h')
  const now = signedIn.value
  const isOwn = 'session' in now && now.session.key_id === of.id
  const change = asked.value
  const confirm = async () => {
    if (change === undefined) return
    if (change === 'rotate') return onRotated(await rotateKey(of.id, grace.value))
    await changeKey(of.id, change)
    announce(`The key is ${results[change]}`)
    refresh()
  }
  const button = (name: Change, text: string) => (
    <button
      type="button"
      class={texts[name].danger ? 'danger-text' : ''}
      onClick={() => {
        asked.value = name
      }}
    >
      {text}
    </button>
  )
  return (
    <>
      {of.state === 'active' && of.replaced_by === null && button('rotate', 'Rotate')}
      {of.state === 'active' && button('disable', 'Disable')}
      {of.state === 'disabled' && button('enable', 'Enable')}
      {of.state !== 'revoked' && button('revoke', 'Revoke')}
      {change !== undefined && (
        <Confirm
          {...texts[change]}
          {...(change === 'revoke' && { typed: of.name })}
          onConfirm={confirm}
          onClose={() => {
            asked.value = undefined
          }}
        >
          {change === 'rotate' && (
            <>
              <p>
                A new key takes the place of this one, with its rights, limits and jobs. It is shown
                once.
              </p>
              <Choice
                label="This key ends after"
                value={grace.value}
                choices={graces}
                onChange={(value) => {
                  grace.value = value
                }}
              />
            </>
          )}
          {change === 'disable' && (
            <p>Requests with this key are refused within a second, until it is enabled.</p>
          )}
          {change === 'enable' && <p>Requests with this key are answered again.</p>}
          {change === 'revoke' && (
            <p>Requests with this key are refused within a second. This cannot be undone.</p>
          )}
          {isOwn && (change === 'disable' || change === 'revoke') && (
            <p class="field-problem">
              You are signed in with this key: your session ends within a second too.
            </p>
          )}
        </Confirm>
      )}
    </>
  )
}
