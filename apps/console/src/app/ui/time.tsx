import { formatRelative, formatTime } from '../format.ts'
import { now } from '../state/live.ts'
import { zone } from '../state/settings.ts'

/** A time, as how long ago it was, with the exact time in its title; the page's switch tells local time or UTC. */
export const Time = ({ at }: { readonly at: string | null | undefined }) => {
  if (at === null || at === undefined) return <span class="soft">–</span>
  const time = new Date(at)
  return (
    <time dateTime={at} title={formatTime(time, zone.value)}>
      {formatRelative(time.getTime(), now.value)}
    </time>
  )
}

export const ExactTime = ({ at }: { readonly at: string | null | undefined }) => {
  if (at === null || at === undefined) return <span class="soft">–</span>
  return <time dateTime={at}>{formatTime(new Date(at), zone.value)}</time>
}
