import type { OperationObject, ParameterObject } from '../../openapi/document.ts'
import { type Html, html } from '../html.ts'
import type { FoundOperation } from './found-operation.ts'

const firstExample = (place: Pick<ParameterObject, 'examples'>): unknown =>
  Object.values(place.examples ?? {})[0]?.value

const written = (value: unknown) => {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

const renderInputs = ({ parameters = [] }: OperationObject) =>
  parameters.map(
    (parameter) =>
      html`<label><code>${parameter.name}</code>
<input name="${parameter.name}" data-in="${parameter.in}" value="${
        // What may be left out is left out, until somebody wants it.
        parameter.required && written(firstExample(parameter))
      }"${parameter.required && ' required'} autocomplete="off" spellcheck="false"></label>`,
  )

const renderBody = ({ requestBody }: OperationObject): Html | false => {
  if (requestBody === undefined) return false
  const [[type, media]] = Object.entries(requestBody.content)
  const body = written(firstExample(media))
  const types = Object.keys(requestBody.content)
  return html`<label>Body <small>${type}</small>
<textarea name="body" data-type="${type}" rows="${Math.min(12, body.split('\n').length + 1)}" spellcheck="false">${body}</textarea></label>
${types.length > 1 && html`<p><small>The page sends ${type}; ${types.slice(1).join(', ')} would do too.</small></p>`}`
}

/** A form that sends the request from the browser: `try-it.js` reads it. */
export const renderTry = ({ path, method, operation }: FoundOperation): Html =>
  html`<form class="try" data-method="${method}" data-path="${path}">
${renderInputs(operation)}
${renderBody(operation)}
<button>Try it</button>
<output></output>
</form>`
