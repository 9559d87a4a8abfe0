import type { ModelFeature } from '../../api/types.ts'
import type { Cell } from '../../snippets/literals.ts'
import { Choice, Field } from '../../ui/field.tsx'
import { isNumeric, type Row, startOf } from './row.ts'

type RowFormProps = {
  readonly features: readonly ModelFeature[]
  readonly row: Row
  readonly onChange: (name: string, value: Cell) => void
}

/** A field for each feature of the model. */
export const RowForm = ({ features, row, onChange }: RowFormProps) => (
  <div class="row-form">
    {features.map((feature) => (
      <FeatureField
        key={feature.name}
        feature={feature}
        value={row[feature.name] ?? startOf(feature)}
        onChange={(value) => onChange(feature.name, value)}
      />
    ))}
  </div>
)

type FeatureFieldProps = {
  readonly feature: ModelFeature
  readonly value: Cell
  readonly onChange: (value: Cell) => void
}

const FeatureField = ({ feature, value, onChange }: FeatureFieldProps) => {
  const { name, type, categories } = feature
  if (categories !== undefined || type === 'boolean') {
    const values: readonly Cell[] = categories ?? [false, true]
    return (
      <Choice
        label={name}
        value={String(value)}
        choices={values.map((one) => [String(one), String(one)] as const)}
        onChange={(text) => onChange(values.find((one) => String(one) === text) ?? null)}
      />
    )
  }
  return (
    <Field label={name}>
      {isNumeric(feature) ? (
        <input
          type="number"
          step={type === 'integer' ? 1 : 'any'}
          value={String(value)}
          onInput={(event) => {
            const number = event.currentTarget.valueAsNumber
            if (Number.isFinite(number)) onChange(number)
          }}
        />
      ) : (
        <input
          autocomplete="off"
          value={String(value ?? '')}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
