import { style } from './assets.ts'
import { Html, html } from './html.ts'
import { apiReferencePath, manualPath } from './manual/links.ts'
import type { NavigationGroup } from './manual/navigation.ts'

export type Layout = {
  readonly title: string
  /** The address of the page. */
  readonly address: string
  readonly navigation: readonly NavigationGroup[]
  /** What else belongs into the navigation of this page. */
  readonly below?: Html
  readonly main: Html
  readonly script: string
}

const renderGroup =
  (current: string) =>
  ({ title, entries }: NavigationGroup): Html =>
    html`<h2>${title}</h2>
<ul>${entries.map(({ title, address }) => {
      const mark = address === current && new Html(' aria-current="page"')
      return html`<li><a href="${address}"${mark}>${title}</a></li>`
    })}</ul>`

const api: NavigationGroup = {
  title: 'API',
  entries: [{ title: 'Try the API', address: apiReferencePath }],
}

/** The frame of every page: search and navigation at the side, the page's own text beside them. */
export const renderLayout = ({ title, address, navigation, below, main, script }: Layout): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="${manualPath}/pictures/icon.svg">
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#top">Skip to the text</a>
<aside>
<a class="title" href="${manualPath}">dsapi</a>
<div class="search" role="search">
<input id="search" type="search" placeholder="Search (press /)" aria-label="Search the documentation" autocomplete="off" spellcheck="false">
<ul class="found" aria-live="polite" hidden></ul>
</div>
<nav aria-label="Documentation"><details class="contents" open><summary>Contents</summary>
${[api, ...navigation].map(renderGroup(address))}
${below}
</details></nav>
</aside>
<main id="top">
${main}
</main>
<script>${new Html(script)}</script>
</body>
</html>
`.text
