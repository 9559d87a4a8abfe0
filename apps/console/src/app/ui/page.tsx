import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { serverUrl } from '../base.ts'

type PageProps = {
  readonly title: string
  /** One sentence below the title. */
  readonly lead?: ComponentChildren
  /** What can be done on the page, right of the title. */
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

/** A page with its heading, which gets the focus when the person comes to it. */
export const Page = ({ title, lead, actions, children }: PageProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – dsapi ${new URL(serverUrl).host}`
  }, [title])
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [])
  return (
    <>
      <div class="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p class="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </div>
      {children}
    </>
  )
}

type PanelProps = {
  readonly title?: string
  readonly aside?: ComponentChildren
  readonly children: ComponentChildren
  readonly class?: string
}

/** A part of a page with a frame. */
export const Panel = ({ title, aside, children, class: name }: PanelProps) => (
  <section class={`panel ${name ?? ''}`}>
    {title !== undefined && (
      <div class="panel-head">
        <h2>{title}</h2>
        {aside}
      </div>
    )}
    {children}
  </section>
)
