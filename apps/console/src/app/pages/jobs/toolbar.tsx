import { useSignal } from '@preact/signals'
import { changeJobs } from '../../api/change-jobs.ts'
import { formatCount } from '../../format.ts'
import { refresh } from '../../state/live.ts'
import { announce } from '../../ui/announce.tsx'
import { Confirm } from '../../ui/confirm.tsx'

type JobToolbarProps = {
  readonly ids: readonly string[]
  readonly onDone: () => void
}

type Change = 'retry' | 'cancel'

/** What can be done to the chosen jobs. */
export const JobToolbar = ({ ids, onDone }: JobToolbarProps) => {
  const asked = useSignal<Change | undefined>(undefined)
  const outcome = useSignal<string | undefined>(undefined)
  const jobs = ids.length === 1 ? '1 job' : `${formatCount(ids.length)} jobs`
  const confirm = async (change: Change) => {
    outcome.value = await changeJobs(change, ids)
    announce(outcome.value)
    onDone()
    refresh()
  }
  return (
    <>
      {ids.length > 0 && (
        <div class="toolbar" role="toolbar" aria-label="Chosen jobs">
          <strong>{formatCount(ids.length)} chosen</strong>
          <button
            type="button"
            onClick={() => {
              asked.value = 'retry'
            }}
          >
            Retry
          </button>
          <button
            type="button"
            onClick={() => {
              asked.value = 'cancel'
            }}
          >
            Cancel
          </button>
          <button type="button" class="quiet" onClick={onDone}>
            Choose none
          </button>
        </div>
      )}
      {outcome.value !== undefined && ids.length === 0 && (
        <div class="toolbar">
          <span>{outcome.value}</span>
          <button
            type="button"
            class="quiet"
            onClick={() => {
              outcome.value = undefined
            }}
          >
            Dismiss
          </button>
        </div>
      )}
      {asked.value !== undefined && (
        <Confirm
          title={asked.value === 'retry' ? `Retry ${jobs}?` : `Cancel ${jobs}?`}
          action={asked.value === 'retry' ? `Retry ${jobs}` : `Cancel ${jobs}`}
          danger={asked.value === 'cancel'}
          onConfirm={() => confirm(asked.value ?? 'retry')}
          onClose={() => {
            asked.value = undefined
          }}
        >
          <p>
            {asked.value === 'retry'
              ? 'Failed and cancelled jobs wait again, with all their attempts. Other jobs stay as they are.'
              : 'Jobs that wait or run are stopped for good. Jobs that have ended stay as they are.'}
          </p>
        </Confirm>
      )}
    </>
  )
}
