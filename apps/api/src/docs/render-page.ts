import { type OpenApiDocument, operationsIn } from '../openapi/document.ts'
import { script, style } from './assets.ts'
import { Html, html, prose } from './html.ts'
import { renderOperation } from './render-operation.ts'
import { renderSchemas } from './render-schema.ts'

/** The page for a document: all of it, in one file of HTML. */
export const renderPage = (document: OpenApiDocument): string => {
  const { info, tags } = document
  const operations = operationsIn(document)
  const byTag = tags.map((tag) => ({
    ...tag,
    operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)),
  }))
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<nav>
<a class="title" href="#top">${info.title} <small>${info.version}</small></a>
${byTag.map(
  ({ name, operations }) => html`<h2>${name}</h2>
<ul>${operations.map(
    ({ operation, method }) =>
      html`<li><a href="#${operation.operationId}"><b class="${method}">${method}</b> ${operation.summary}</a></li>`,
  )}</ul>`,
)}
<h2><a href="#schemas">Schemas</a></h2>
</nav>
<main id="top">
<header>
<h1>${info.title}</h1>
${prose(info.description)}
<label class="key">API key, for the requests that you try here; it stays in this page
<input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="dsapi_…"></label>
<p><a href="/openapi.json">openapi.json</a></p>
</header>
${byTag.map(
  ({ name, description, operations }) => html`<section><h2>${name}</h2>
${prose(description)}
${operations.map((found) => renderOperation(document, found))}
</section>`,
)}
${renderSchemas(document)}
</main>
<script>${new Html(script)}</script>
</body>
</html>
`.text
}
