import type { ComponentChildren } from 'preact'

type TableProps = {
  /** What the table has, for those who do not see it. */
  readonly label: string
  readonly head: ComponentChildren
  readonly children: ComponentChildren
}

/** A table that scrolls within its own frame, so that the page never gets wider than the window. */
export const Table = ({ label, head, children }: TableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
  <section class="scroll" aria-label={label} tabIndex={0}>
    <table>
      <thead>
        <tr>{head}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
)
