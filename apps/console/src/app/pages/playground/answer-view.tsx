import type { ModelOutput } from '../../api/types.ts'
import { formatNumber, formatShare } from '../../format.ts'
import { cssColour } from '../../plots/class-colours.ts'
import { type Answer, chosenOf, namesOf } from './answers.ts'

type AnswerViewProps = { readonly output: ModelOutput; readonly answer: Answer }

/** An answer in words and as bars. */
export const AnswerView = ({ output, answer }: AnswerViewProps) => {
  const names = namesOf(output)
  const chosen = chosenOf(output, answer)
  if (chosen === undefined)
    return (
      <dl class="answer-values">
        {names.map((name, index) => (
          <div key={name}>
            <dt>{names.length === 1 ? 'Value' : name}</dt>
            <dd title={String(answer[index])}>{formatNumber(answer[index] ?? Number.NaN)}</dd>
          </div>
        ))}
      </dl>
    )
  return (
    <>
      <p class="answer-class">
        Class <strong class="name">{names[chosen]}</strong>
      </p>
      <table class="shares" aria-label="Probabilities">
        <tbody>
          {names.map((name, index) => {
            const share = answer[index] ?? 0
            return (
              <tr key={name}>
                <th scope="row" class="name">
                  {name}
                </th>
                <td class="bar">
                  <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect width={100 * share} height="8" fill={cssColour(index)} />
                  </svg>
                </td>
                <td class="number" title={String(share)}>
                  {formatShare(share)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </>
  )
}
