// Sends what the forms of the page describe, and shows what comes back. The key stays in its field.

/** More of an answer than anybody reads. */
const mostShown = 100_000

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`

/** Reads a form as a request: fields of the path, the query and the headers, and a body. */
const readForm = (form) => {
  let path = form.dataset.path
  const query = new URLSearchParams()
  const headers = {}
  for (const { name, value, dataset } of form.querySelectorAll('input')) {
    if (dataset.in === 'path') path = path.replace(`{${name}}`, encodeURIComponent(value))
    else if (value !== '' && dataset.in === 'query') query.set(name, value)
    else if (value !== '') headers[name] = value
  }
  const key = document.getElementById('key').value.trim()
  if (key !== '') headers['X-API-Key'] = key
  const field = form.querySelector('textarea')
  const body = field?.value
  if (body) headers['Content-Type'] = field.dataset.type
  const url = query.size === 0 ? path : `${path}?${query}`
  return { url, method: form.dataset.method.toUpperCase(), headers, body: body || undefined }
}

/** The same request for a terminal; the key is left out, as this may be copied anywhere. */
const curlLine = ({ url, method, headers, body }) => {
  const parts = ['curl', '-X', method]
  for (const [name, value] of Object.entries(headers)) {
    parts.push('-H', name === 'X-API-Key' ? '"X-API-Key: $KEY"' : quoted(`${name}: ${value}`))
  }
  if (body !== undefined) parts.push('--data-binary', quoted(body))
  return [...parts, quoted(location.origin + url)].join(' ')
}

const pretty = (text, type) => {
  if (!/[/+]json/.test(type)) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

const preformatted = (text) => {
  const element = document.createElement('pre')
  element.textContent = text
  return element
}

/** Shows the body as it comes: events do not end soon. */
const showBody = async (response, element) => {
  const decoder = new TextDecoder()
  let text = ''
  const reader = response.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done) break
    text += decoder.decode(value, { stream: true })
    element.textContent = text.slice(0, mostShown)
    if (text.length > mostShown) return reader.cancel()
  }
  element.textContent = pretty(text, response.headers.get('content-type') ?? '')
}

const send = async (form) => {
  const request = readForm(form)
  const body = preformatted('…')
  const head = preformatted(curlLine(request))
  const output = form.querySelector('output')
  output.replaceChildren(head, body)
  const started = performance.now()
  try {
    const { url, ...init } = request
    const response = await fetch(url, { ...init, credentials: 'omit' })
    const ms = Math.round(performance.now() - started)
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`)
    const status = `${response.status} ${response.statusText}, ${ms} ms`
    body.before(preformatted([status, ...headers].join('\n')))
    await showBody(response, body)
  } catch (error) {
    body.textContent = `No answer: ${error.message}`
  }
}

document.addEventListener('submit', (event) => {
  event.preventDefault()
  send(event.target)
})

/** Opens what the address or a link points at. */
const openTarget = () => {
  const target = document.getElementById(location.hash.slice(1))
  if (target instanceof HTMLDetailsElement) target.open = true
  target?.scrollIntoView()
}
addEventListener('hashchange', openTarget)
openTarget()
