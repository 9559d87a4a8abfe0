import { type OpenApiDocument, operationsIn } from '../../openapi/document.ts'
import { apiScript } from '../assets.ts'
import { html, prose } from '../html.ts'
import { apiReferencePath } from '../manual/links.ts'
import type { NavigationGroup } from '../manual/navigation.ts'
import { renderLayout } from '../render-layout.ts'
import { renderOperation } from './render-operation.ts'
import { renderSchemas } from './render-schema.ts'

/** The API reference: every operation of the OpenAPI document, with a form that sends it. */
export const renderApiPage = (
  document: OpenApiDocument,
  navigation: readonly NavigationGroup[],
): string => {
  const { info, tags } = document
  const operations = operationsIn(document)
  const byTag = tags.map((tag) => ({
    ...tag,
    operations: operations.filter(({ operation }) => operation.tags.includes(tag.name)),
  }))
  return renderLayout({
    title: `API · ${info.title}`,
    address: apiReferencePath,
    navigation,
    below: html`${byTag.map(
      ({ name, operations }) => html`<h2>${name}</h2>
<ul>${operations.map(
        ({ operation, method }) =>
          html`<li><a href="#${operation.operationId}"><b class="${method}">${method}</b> ${operation.summary}</a></li>`,
      )}</ul>`,
    )}
<h2><a href="#schemas">Schemas</a></h2>`,
    main: html`<header>
<h1>API reference <small>${info.version}</small></h1>
${prose(info.description)}
<label class="key">Your API key, for requests from this page
<input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="dsapi_…"></label>
<p><a href="/openapi.json">openapi.json</a></p>
</header>
${byTag.map(
  ({ name, description, operations }) => html`<section><h2>${name}</h2>
${prose(description)}
${operations.map((found) => renderOperation(document, found))}
</section>`,
)}
${renderSchemas(document)}`,
    script: apiScript,
  })
}
