import type { ComponentChildren } from 'preact'

type FieldProps = {
  readonly label: string
  readonly hint?: string
  readonly children: ComponentChildren
}

/** A label around its field, with a hint below. */
export const Field = ({ label, hint, children }: FieldProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the children are the control
  <label class="field">
    <span>{label}</span>
    {children}
    {hint !== undefined && <small>{hint}</small>}
  </label>
)

type SearchFieldProps = {
  readonly label: string
  readonly value: string
  /** Whether `/` goes to it. */
  readonly isFilter?: boolean
  readonly onChange: (value: string) => void
}

/** A field for an id. */
export const SearchField = ({ label, value, isFilter = false, onChange }: SearchFieldProps) => (
  <label class="field">
    <span>{label}</span>
    <input
      type="search"
      {...(isFilter && { 'data-filter': true })}
      class="mono"
      spellcheck={false}
      autocomplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
    />
  </label>
)

/** The choice that a text names, such as one of a query; undefined where it names none. */
export const chosenOf = <T extends string>(
  choices: readonly (readonly [T, string])[],
  text: string | null,
): T | undefined => choices.find(([choice]) => choice === text)?.[0]

type ChoiceProps<T extends string> = {
  readonly label: string
  readonly value: T
  readonly choices: readonly (readonly [T, string])[]
  readonly onChange: (value: T) => void
}

export const Choice = <T extends string>({ label, value, choices, onChange }: ChoiceProps<T>) => (
  <label class="field">
    <span>{label}</span>
    <select
      value={value}
      onChange={(event) => {
        const chosen = chosenOf(choices, event.currentTarget.value)
        if (chosen !== undefined) onChange(chosen)
      }}
    >
      {choices.map(([choice, text]) => (
        <option key={choice} value={choice}>
          {text}
        </option>
      ))}
    </select>
  </label>
)
