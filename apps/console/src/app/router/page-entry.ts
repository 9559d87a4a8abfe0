import type { ComponentType } from 'preact'
import type { Scope } from '../api/session.ts'
import type { IconName } from '../ui/icon.tsx'

export type PageProps = { readonly parameters: Readonly<Record<string, string>> }

export type PageEntry = {
  /** Such as `/jobs/:id`. */
  readonly pattern: string
  /** One of these scopes is needed. */
  readonly scopes: readonly Scope[]
  readonly page: ComponentType<PageProps>
  /** How the navigation shows it, if it does. */
  readonly nav?: { readonly text: string; readonly icon: IconName; readonly key: string }
}

/** Whether a key with these scopes may see a page. */
export const isAllowed = (page: Pick<PageEntry, 'scopes'>, scopes: readonly Scope[]): boolean =>
  page.scopes.some((scope) => scopes.includes(scope))
