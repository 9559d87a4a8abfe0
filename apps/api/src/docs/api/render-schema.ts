import type { JsonSchema, OpenApiDocument } from '../../openapi/document.ts'
import { Html, html, prose } from '../html.ts'

/** JSON as it is read, with a link wherever another schema is named. */
export const renderJson = (value: unknown): Html => {
  const { text } = html`${JSON.stringify(value, null, 2)}`
  const linked = text.replace(
    /&quot;#\/components\/schemas\/(\w+)&quot;/g,
    '<a href="#schema-$1">$1</a>',
  )
  return html`<pre>${new Html(linked)}</pre>`
}

const named = (schema: JsonSchema) => /\/(\w+)$/.exec(String(schema.$ref ?? ''))?.[1]

/** The name of a schema, as a link; what has none is said in a word. */
export const renderType = (schema: JsonSchema): Html => {
  const name = named(schema)
  if (name !== undefined) return html`<a href="#schema-${name}">${name}</a>`
  const { type, format, default: fallback } = schema
  const values = Array.isArray(schema.enum) ? schema.enum.join(', ') : undefined
  return html`${values ?? String(format ?? type)}${
    fallback !== undefined && html`, <i>${String(fallback)} when left out</i>`
  }`
}

export const renderSchemas = ({ components }: OpenApiDocument): Html =>
  html`<section id="schemas"><h2>Schemas</h2>
<p>JSON Schema 2020-12.</p>
${Object.entries(components.schemas).map(([name, { description, ...schema }]) => {
  const meaning = description !== undefined && prose(String(description))
  return html`<details id="schema-${name}"><summary><b>${name}</b></summary>${meaning}${renderJson(schema)}</details>`
})}
</section>`
