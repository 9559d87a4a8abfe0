import { Icon, type IconName } from './icon.tsx'

/** The tone says what kind of state it is; icon and word say the same without colour. */
export type Tone = 'good' | 'bad' | 'busy' | 'wait' | 'quiet' | 'warn'

const icons: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  bad: 'cross',
  busy: 'play',
  wait: 'clock',
  quiet: 'minus',
  warn: 'warning',
}

export const Badge = ({ tone, children }: { readonly tone: Tone; readonly children: string }) => (
  <span class={`badge ${tone}`}>
    <Icon name={icons[tone]} />
    {children}
  </span>
)

const tones: Readonly<Record<string, Tone>> = {
  queued: 'wait',
  running: 'busy',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'quiet',
  active: 'good',
  disabled: 'quiet',
  expired: 'quiet',
  revoked: 'bad',
}

/** The state of a job or of a key. */
export const State = ({ of }: { readonly of: string }) => (
  <Badge tone={tones[of] ?? 'quiet'}>{of}</Badge>
)
