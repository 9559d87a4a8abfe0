import { useEffect, useRef } from 'preact/hooks'
import type { Scope } from '../api/session.ts'
import { href, location } from '../router/location.ts'
import { isAllowed } from '../router/page-entry.ts'
import { pages } from '../router/pages.ts'
import { Icon } from '../ui/icon.tsx'

/** Links to the pages that the scopes allow. */
export const Nav = ({ scopes }: { readonly scopes: readonly Scope[] }) => {
  const { path } = location.value
  const list = useRef<HTMLElement>(null)
  // On a narrow screen the links scroll, and the current one may be out of sight.
  useEffect(() => {
    const current = list.current?.querySelector('[aria-current], .below')
    current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [path])
  return (
    <nav aria-label="Pages" ref={list}>
      <ul>
        {pages.map((page) => {
          const { pattern, nav } = page
          if (nav === undefined || !isAllowed(page, scopes)) return null
          const isCurrent = path === pattern
          const isBelow = path.startsWith(`${pattern}/`)
          return (
            <li key={pattern}>
              <a
                href={href(pattern)}
                class={isBelow ? 'below' : ''}
                {...(isCurrent && { 'aria-current': 'page' as const })}
              >
                <Icon name={nav.icon} />
                {nav.text}
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
