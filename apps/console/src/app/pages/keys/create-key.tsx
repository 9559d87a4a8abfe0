import type { MadeKey } from '@dsapi/client'
import { useSignal } from '@preact/signals'
import { createKey } from '../../api/keys.ts'
import { type Problem, problemOf } from '../../api/problem.ts'
import type { Scope } from '../../api/session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Choice, Field } from '../../ui/field.tsx'
import { ProblemBox } from '../../ui/problem-box.tsx'

const scopes: readonly (readonly [Scope, string])[] = [
  ['predict', 'ask for predictions and send batches'],
  ['jobs', 'see and cancel its own jobs'],
  ['admin', 'manage keys and models, and see all of the console'],
]

const ends = [
  ['90d', 'in 90 days'],
  ['30d', 'in 30 days'],
  ['365d', 'in a year'],
  ['', 'never'],
] as const

type CreateKeyProps = {
  readonly onMade: (key: MadeKey) => void
  readonly onClose: () => void
}

const textOf = (form: FormData, name: string) => String(form.get(name) ?? '').trim()

/** The form for a new key. */
export const CreateKey = ({ onMade, onClose }: CreateKeyProps) => {
  const chosen = useSignal<ReadonlySet<Scope>>(new Set<Scope>(['predict', 'jobs']))
  const end = useSignal<(typeof ends)[number][0]>('90d')
  const problem = useSignal<Problem | undefined>(undefined)
  const isBusy = useSignal(false)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!(event.currentTarget instanceof HTMLFormElement)) return
    const form = new FormData(event.currentTarget)
    const [note, rate, quota] = ['note', 'rate', 'quota'].map((name) => textOf(form, name))
    isBusy.value = true
    try {
      const made = await createKey({
        ...{ name: textOf(form, 'name'), scopes: [...chosen.value] },
        ...(note !== '' && note !== undefined && { note }),
        ...(rate !== '' && rate !== undefined && { rate }),
        ...(quota !== '' && { daily_quota: Number(quota) }),
        ...(end.value !== '' && { expires_in: end.value }),
      })
      onMade(made)
    } catch (error) {
      problem.value = problemOf(error)
      isBusy.value = false
    }
  }
  return (
    <Dialog title="Create a key" onClose={onClose}>
      <form onSubmit={submit}>
        <Field label="Name">
          <input name="name" required data-first-focus autocomplete="off" maxLength={100} />
        </Field>
        <Field label="Note" hint="Optional: who uses it, and for what">
          <input name="note" autocomplete="off" />
        </Field>
        <fieldset>
          <legend>It may</legend>
          {scopes.map(([scope, what]) => (
            <label key={scope} class="check">
              <input
                type="checkbox"
                checked={chosen.value.has(scope)}
                onChange={() => {
                  const next = new Set(chosen.value)
                  if (!next.delete(scope)) next.add(scope)
                  chosen.value = next
                }}
              />
              <span>
                <strong>{scope}</strong> {what}
              </span>
            </label>
          ))}
        </fieldset>
        <div class="pair">
          <Field label="Rate" hint="Such as 100/s or 1000/h">
            <input name="rate" autocomplete="off" />
          </Field>
          <Field label="Daily quota" hint="Requests a day">
            <input name="quota" type="number" min={1} autocomplete="off" />
          </Field>
        </div>
        <Choice
          label="Ends"
          value={end.value}
          choices={ends}
          onChange={(value) => {
            end.value = value
          }}
        />
        {end.value === '' && (
          <p class="field-problem">A key without an end is valid until somebody revokes it.</p>
        )}
        {problem.value && <ProblemBox problem={problem.value} />}
        <div class="buttons">
          <button type="button" onClick={onClose}>
            Close
          </button>
          <button type="submit" class="main" disabled={isBusy.value || chosen.value.size === 0}>
            Create key
          </button>
        </div>
      </form>
    </Dialog>
  )
}
