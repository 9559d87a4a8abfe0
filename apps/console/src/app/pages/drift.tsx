import type { Drift as DriftData } from '@dsapi/client'
import { withQuery } from '../api/request.ts'
import type { ModelList } from '../api/types.ts'
import { formatCount } from '../format.ts'
import { Shares } from '../plots/shares.tsx'
import { location, setQuery } from '../router/location.ts'
import { refresh } from '../state/live.ts'
import { useAsked } from '../state/use-asked.ts'
import { Choice, chosenOf } from '../ui/field.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page, Panel } from '../ui/page.tsx'
import { Table } from '../ui/table.tsx'
import { ExactTime } from '../ui/time.tsx'
import { binRows, byIndex, classRows, featureRows } from './drift/rows.ts'
import { VerdictBadge } from './drift/verdict.tsx'

const periods = [
  ['1', '1 day'],
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
] as const

/** How far what clients send has moved from the training data. */
export const Drift = () => {
  const { query } = location.value
  const days = chosenOf(periods, query.get('days')) ?? '7'
  const model = query.get('model') ?? 'default'
  const models = useAsked<ModelList>('/api/models')
  const names = new Set([model, ...(models.data?.models.map(({ name }) => name) ?? [])])
  const asked = useAsked<DriftData>(withQuery('/api/drift', { days, model }))
  return (
    <Page
      title="Drift"
      lead="Recent predictions, compared with the training data. Only shares are shown, and no rows."
      actions={
        <button type="button" onClick={refresh}>
          Compare again
        </button>
      }
    >
      <Panel class="flush">
        <search class="filters">
          <Choice
            {...{ label: 'Model', value: model }}
            choices={[...names].map((name) => [name, name] as const)}
            onChange={(value) => setQuery({ model: value })}
          />
          <Choice
            {...{ label: 'Period', value: days, choices: periods }}
            onChange={(value) => setQuery({ days: value })}
          />
        </search>
      </Panel>
      <Loaded of={asked} empty={({ message }) => message && <p>{message}.</p>}>
        {(drift) => <Comparison drift={drift} />}
      </Loaded>
    </Page>
  )
}

const Comparison = ({ drift }: { readonly drift: DriftData }) => (
  <>
    <p class="note">
      {formatCount(drift.predictions)} predictions from <ExactTime at={drift.from} /> to{' '}
      <ExactTime at={drift.to} />, compared with {formatCount(drift.training_rows)} rows of training
      data. <code>{drift.model_version}</code> is served.
      {drift.left_out > 0 &&
        ` ${formatCount(drift.left_out)} predictions by versions with other features are left out.`}
    </p>
    <Panel title="Features" class="flush">
      <Table
        label="Features"
        head={
          <>
            <th>Feature</th>
            <th>Verdict</th>
            <th class="number">PSI</th>
            <th class="number">By chance</th>
          </>
        }
      >
        {byIndex(drift.features).map(({ feature, verdict, psi, critical_value }) => (
          <tr key={feature} data-row>
            <td class="name">{feature}</td>
            <td>
              <VerdictBadge verdict={verdict} />
            </td>
            <td class="number">{psi.toFixed(3)}</td>
            <td class="number">&lt; {critical_value.toFixed(3)}</td>
          </tr>
        ))}
      </Table>
      <p class="note inset">
        PSI is the population stability index over the deciles of the training data. Below 0.1 a
        feature is stable, and above 0.25 it has shifted. “By chance” is what the index stays below
        in 95 of 100 cases in which nothing has changed.
      </p>
    </Panel>
    <div class="columns">
      {byIndex(drift.features).map((feature) => (
        <Panel key={feature.feature} title={feature.feature}>
          <Shares title="Value" rows={featureRows(feature)} />
        </Panel>
      ))}
      {drift.answers.length > 0 && (
        <Panel title="Answers">
          <Shares title="Class" rows={classRows(drift.answers)} />
        </Panel>
      )}
      {drift.values && (
        <Panel title="Answers">
          <Shares title="Value" rows={binRows(drift.values)} />
        </Panel>
      )}
    </div>
  </>
)
