import { searchScript } from '../assets.ts'
import { html } from '../html.ts'
import { renderLayout } from '../render-layout.ts'
import type { Manual } from './load-manual.ts'
import type { ManualPage } from './render-markdown.ts'

/** A page of the manual as HTML. */
export const renderManualPage = (
  { navigation }: Manual,
  address: string,
  { title, body }: ManualPage,
): string =>
  renderLayout({
    title: `${title} · dsapi`,
    address,
    navigation,
    main: html`<article>${body}</article>`,
    script: searchScript,
  })
