import type { ComponentChildren } from 'preact'

/** Moves the focus within a group by the arrow keys, as the patterns of WAI-ARIA say. */
const moveFocus = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 }
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
  const at = tabs.findIndex((tab) => tab.matches(':focus'))
  const step = steps[event.key]
  if (step === undefined || at < 0) return
  event.preventDefault()
  const next = tabs[(at + step + tabs.length) % tabs.length]
  next?.focus()
  next?.click()
}

type TabsProps<T extends string> = {
  readonly label: string
  readonly value: T
  readonly tabs: readonly (readonly [T, ComponentChildren])[]
  /** The id of the element whose content a tab changes. */
  readonly controls: string
  readonly onChange: (value: T) => void
}

export const Tabs = <T extends string>(props: TabsProps<T>) => {
  const { label, value, tabs, controls, onChange } = props
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={moveFocus}>
      {tabs.map(([name, content]) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === value}
          aria-controls={controls}
          tabIndex={name === value ? 0 : -1}
          onClick={() => onChange(name)}
        >
          {content}
        </button>
      ))}
    </div>
  )
}
