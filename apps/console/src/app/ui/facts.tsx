import type { ComponentChildren } from 'preact'

/** Names and what they are, one below the other. */
export const Facts = ({
  of,
}: {
  readonly of: readonly (readonly [string, ComponentChildren])[]
}) => (
  <dl class="facts">
    {of.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
