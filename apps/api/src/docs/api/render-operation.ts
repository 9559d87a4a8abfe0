import {
  type ExampleObject,
  type OpenApiDocument,
  type OperationObject,
  type ResponseObject,
  resolve,
} from '../../openapi/document.ts'
import { type Html, html, prose } from '../html.ts'
import type { FoundOperation } from './found-operation.ts'
import { renderJson, renderType } from './render-schema.ts'
import { renderTry } from './render-try.ts'

const renderParameters = ({ parameters = [] }: OperationObject): Html | false =>
  parameters.length > 0 &&
  html`<h4>Parameters</h4>
<dl>${parameters.map(
    ({ name, in: where, description = '', schema, required }) =>
      html`<dt><code>${name}</code> <small>${where}, ${renderType(schema)}${required && ', required'}</small></dt>
<dd>${prose(description)}</dd>`,
  )}</dl>`

const renderBody = ({ requestBody }: OperationObject): Html | false =>
  requestBody !== undefined &&
  html`<h4>Body</h4>
<dl>${Object.entries(requestBody.content).map(
    ([type, { schema }]) =>
      html`<dt><code>${type}</code> <small>${renderType(schema)}</small></dt>`,
  )}</dl>`

const renderExample = (name: string, { summary, value }: ExampleObject): Html =>
  html`<figure><figcaption>${name}${summary !== undefined && html`: ${prose(summary)}`}</figcaption>${
    typeof value === 'string' ? html`<pre>${value}</pre>` : renderJson(value)
  }</figure>`

const renderResponse = (status: string, { description, headers, content }: ResponseObject): Html =>
  html`<details><summary><b class="status s${status[0]}">${status}</b> ${prose(description)}</summary>
${headers && html`<p><small>Headers: ${Object.keys(headers).join(', ')}</small></p>`}
${Object.entries(content ?? {}).map(
  ([
    type,
    { schema, examples = {} },
  ]) => html`<p><code>${type}</code> <small>${renderType(schema)}</small></p>
${
  // The same facts in another form; its schema says which.
  type !== 'application/problem+json' &&
  Object.entries(examples).map(([name, example]) => renderExample(name, example))
}`,
)}</details>`

/** A long path is broken before a slash. */
const breakable = (path: string): Html =>
  html`${path.split('/').map((part, i) => (i === 0 ? html`${part}` : html`<wbr>/${part}`))}`

/** An operation: what it takes, what it answers, and a form to try it. */
export const renderOperation = (document: OpenApiDocument, found: FoundOperation): Html => {
  const { path, method, operation } = found
  return html`<details class="operation" id="${operation.operationId}">
<summary><b class="${method}">${method}</b> <code>${breakable(path)}</code> <span>${operation.summary}</span></summary>
<div>
${operation.description !== undefined && prose(operation.description)}
${renderParameters(operation)}
${renderBody(operation)}
${renderTry(found)}
<h4>Answers</h4>
${Object.entries(operation.responses).map(([status, response]) =>
  renderResponse(status, resolve(document, response)),
)}
</div>
</details>`
}
