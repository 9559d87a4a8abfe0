import type { Drift } from '@dsapi/client'
import { Badge } from '../../ui/badge.tsx'

export type Verdict = Drift['features'][number]['verdict']

const tones = { stable: 'good', moderate: 'warn', shifted: 'bad', unclear: 'quiet' } as const

const meanings: Readonly<Record<Verdict, string>> = {
  stable: 'Requests are as the training data.',
  moderate: 'Requests differ somewhat from the training data.',
  shifted: 'Requests differ from the training data.',
  unclear: 'It differs, but chance alone moves so few rows as far.',
}

export const VerdictBadge = ({ verdict }: { readonly verdict: Verdict }) => (
  <span title={meanings[verdict]}>
    <Badge tone={tones[verdict]}>{verdict}</Badge>
  </span>
)
