import { useSignal } from '@preact/signals'
import type { ModelFeature, ModelOutput } from '../../api/types.ts'
import { formatNumber } from '../../format.ts'
import { Curves, Legend, PointTable } from '../../plots/curves.tsx'
import { SavePlot } from '../../plots/save-plot.tsx'
import { type Domain, domainOf } from '../../plots/scale.ts'
import { Surface } from '../../plots/surface.tsx'
import { location, setQuery } from '../../router/location.ts'
import type { Cell } from '../../snippets/literals.ts'
import { Choice } from '../../ui/field.tsx'
import { ProblemBox } from '../../ui/problem-box.tsx'
import { namesOf } from './answers.ts'
import { gridOf, spread } from './grid.ts'
import { cellsOf, isNumeric, type Row } from './row.ts'
import { useAnswers } from './use-answers.ts'
import type { Local } from './use-local-model.ts'

type PictureProps = {
  readonly model: string
  readonly version: string
  readonly features: readonly ModelFeature[]
  readonly output: ModelOutput
  readonly row: Row
  readonly local: Local
  readonly onChange: (values: Readonly<Record<string, Cell>>) => void
}

/** What the model answers over one feature or two, with the others at the values of the form. */
export const Picture = (props: PictureProps) => {
  const { features, output, row, local, model, version, onChange } = props
  const numeric = features.filter(isNumeric).map(({ name }) => name)
  const ranges = useSignal<Readonly<Record<string, Domain>>>({})
  const { query } = location.value
  const [first, second] = numeric
  const x = numeric.find((name) => name === query.get('x')) ?? first
  const y = query.get('y') === '' ? undefined : axisOf(numeric, query.get('y'), x, second)
  const at = (name: string | undefined) => (name === undefined ? 0 : Number(row[name] ?? 0))
  const domain = (name: string | undefined): Domain => {
    const value = at(name)
    const [low, high] = (name !== undefined && ranges.value[name]) || [-4, 4]
    return [Math.min(low, value), Math.max(high, value)]
  }
  const setRange = (name: string, range: Domain) => {
    ranges.value = { ...ranges.value, [name]: range }
  }
  const size = y === undefined ? 101 : local.state === 'ready' ? 96 : 40
  const xs = spread(domain(x), size)
  const ys = y === undefined ? [0] : spread(domain(y), size).reverse()
  const cells = cellsOf(features, row)
  const places = [x, y].map((name) => features.findIndex((feature) => feature.name === name))
  const rows = ys.flatMap((yValue) =>
    xs.map((xValue) =>
      cells.map((cell, index) => {
        if (index === places[0]) return xValue
        return index === places[1] ? yValue : cell
      }),
    ),
  )
  const { answers, problem } = useAnswers({ model, version, rows, local })
  if (x === undefined) return <p class="soft">The model has no numeric feature to draw.</p>
  const names = namesOf(output)
  const hasAnswers = answers?.length === rows.length
  return (
    <>
      <div class="axis-choices">
        <Axis
          label="Across"
          axis="x"
          value={x}
          names={numeric}
          domain={domain(x)}
          onRange={setRange}
        />
        <Axis
          {...{ label: 'Up', axis: 'y', value: y ?? '', names: numeric, onRange: setRange }}
          {...(y !== undefined && { domain: domain(y) })}
          isOptional
        />
      </div>
      {problem && <ProblemBox problem={problem} />}
      {!hasAnswers ? (
        <div class="plot-loading" aria-busy="true" />
      ) : y === undefined ? (
        <CurvePicture
          {...{ xs, answers, names, output }}
          x={{ name: x, domain: domain(x), value: at(x) }}
        />
      ) : (
        <>
          <Surface
            grid={gridOf(answers, { width: size, height: size }, output)}
            x={{ name: x, domain: domain(x), value: at(x) }}
            y={{ name: y, domain: domain(y), value: at(y) }}
            label={`${output.type === 'classes' ? 'The likeliest class' : 'The value'} over ${x} and ${y}. The point is at ${formatNumber(at(x))} and ${formatNumber(at(y))}.`}
            onMove={(xValue, yValue) => onChange({ [x]: xValue, [y]: yValue })}
          />
          {output.type === 'classes' && <Legend names={names} isFilled />}
          <SavePlot />
        </>
      )}
      <p class="soft">
        {local.state === 'ready'
          ? 'This browser computed the picture, with the code and the numbers of the server.'
          : 'The server computed this picture. It counts as one request of your key.'}
      </p>
    </>
  )
}

const axisOf = (
  names: readonly string[],
  asked: string | null,
  x: string | undefined,
  usual: string | undefined,
) => {
  const others = names.filter((name) => name !== x)
  return others.find((name) => name === asked) ?? others.find((name) => name === usual) ?? others[0]
}

type AxisProps = {
  readonly label: string
  readonly axis: 'x' | 'y'
  readonly value: string
  readonly names: readonly string[]
  readonly domain?: Domain
  readonly isOptional?: boolean
  readonly onRange: (name: string, domain: Domain) => void
}

/** Which feature an axis has, and from where to where. */
const Axis = ({ label, axis, value, names, domain, isOptional = false, onRange }: AxisProps) => (
  <div class="axis">
    <Choice
      label={label}
      value={value}
      choices={[
        ...names.map((name) => [name, name] as const),
        ...(isOptional ? ([['', 'nothing']] as const) : []),
      ]}
      // An empty axis stays in the address, where its absence means the usual one.
      onChange={(name) => setQuery({ [axis]: name }, { keepEmpty: isOptional })}
    />
    {domain?.map((end, index) => (
      <label key={index === 0 ? 'from' : 'to'} class="field">
        <span>{index === 0 ? 'From' : 'To'}</span>
        <input
          type="number"
          step="any"
          aria-label={`${value} ${index === 0 ? 'from' : 'to'}`}
          value={end}
          onChange={(event) => {
            const typed = event.currentTarget.valueAsNumber
            const [low, high] = index === 0 ? [typed, domain[1]] : [domain[0], typed]
            if (low < high) onRange(value, [low, high])
          }}
        />
      </label>
    ))}
  </div>
)

type CurvePictureProps = {
  readonly xs: readonly number[]
  readonly answers: readonly (readonly number[])[]
  readonly names: readonly string[]
  readonly output: ModelOutput
  readonly x: { readonly name: string; readonly domain: Domain; readonly value: number }
}

const CurvePicture = ({ xs, answers, names, output, x }: CurvePictureProps) => {
  // Of two classes the second says all.
  const shown =
    names.length === 2 && output.type === 'classes' ? [1] : names.map((_, index) => index)
  const curves = shown.map((index) => ({
    name: names[index] ?? '',
    points: xs.map((value, at) => [value, answers[at]?.[index] ?? Number.NaN] as const),
  }))
  const isShare = output.type === 'classes'
  const y = {
    name: isShare ? `Probability${shown.length === 1 ? ` of ${curves[0]?.name}` : ''}` : 'Value',
    domain: isShare ? ([0, 1] as const) : domainOf(answers.flat()),
  }
  return (
    <>
      <Curves curves={curves} x={x} y={y} label={`${y.name} over ${x.name}`} />
      <PointTable curves={curves} x={x} />
    </>
  )
}
