// Finds sections of the manual and operations of the API by the words that are typed. The index is loaded
// when the field is first used, from the server that the page came from.

const mostFound = 12

const field = document.getElementById('search')
const list = document.querySelector('.found')
let index

/** Loads the index once; a failure is tried again at the next letter. */
const loadIndex = async () => {
  if (index === undefined) {
    const response = await fetch('/docs/search.json')
    if (!response.ok) throw new Error(`the server answered ${response.status}`)
    index = await response.json()
  }
  return index
}

/** What readers look for most comes first; what explains how dsapi was made comes last. */
const weights = [
  [/^\/docs\/(tutorial|guides)\//, 2],
  [/^\/docs\/(reference\/|api)/, 1.5],
  [/^\/docs\/(decisions|benchmarks)\//, 0.05],
]

const weightOf = (address) => weights.find(([pattern]) => pattern.test(address))?.[1] ?? 1

/** So many times a word counts in a text. */
const mostCounted = 3

/** A word in the heading counts more than one in the page's title, and that more than one in the text. */
const scoreOf = ({ heading, page, text, address }, words) => {
  let score = 0
  for (const word of words) {
    const inHeading = heading.toLowerCase().includes(word)
    const inPage = page.toLowerCase().includes(word)
    const inText = text.toLowerCase().includes(word)
    if (!inHeading && !inPage && !inText) return 0
    score +=
      (inHeading ? 10 : 0) +
      (inPage ? 4 : 0) +
      Math.min(mostCounted, text.toLowerCase().split(word).length - 1)
  }
  return score * weightOf(address)
}

/** So many sections of one page at most, so that no page fills the list. */
const mostOfPage = 3

const atMostOfPage = () => {
  const counts = new Map()
  return ({ section: { page } }) => {
    counts.set(page, (counts.get(page) ?? 0) + 1)
    return counts.get(page) <= mostOfPage
  }
}

const find = (sections, query) => {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return []
  return sections
    .map((section) => ({ section, score: scoreOf(section, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .filter(atMostOfPage())
    .slice(0, mostFound)
    .map(({ section }) => section)
}

const itemFor = ({ heading, page, address }) => {
  const link = document.createElement('a')
  link.href = address
  const where = document.createElement('small')
  where.textContent = heading === page ? '' : page
  link.append(heading, ' ', where)
  const item = document.createElement('li')
  item.append(link)
  return item
}

const message = (text) => {
  const item = document.createElement('li')
  item.textContent = text
  return item
}

const show = async () => {
  const query = field.value.trim()
  if (query === '') {
    list.hidden = true
    return
  }
  try {
    const found = find(await loadIndex(), query)
    // More may have been typed while the index was loaded.
    if (field.value.trim() !== query) return
    list.replaceChildren(...(found.length > 0 ? found.map(itemFor) : [message('Nothing found')]))
  } catch (error) {
    list.replaceChildren(message(`The search does not work: ${error.message}`))
  }
  list.hidden = false
}

field.addEventListener('input', show)
field.addEventListener('focus', show)
document.addEventListener('keydown', (event) => {
  const typing = /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '')
  if (event.key === '/' && !typing) {
    event.preventDefault()
    field.focus()
  }
  const links = [...list.querySelectorAll('a')]
  const at = links.indexOf(document.activeElement)
  if (event.key === 'Escape') {
    if (at >= 0) field.focus()
    field.value = ''
    list.hidden = true
  }
  if (event.key === 'Enter' && document.activeElement === field) links[0]?.click()
  const inSearch = at >= 0 || document.activeElement === field
  if (list.hidden || !inSearch || !['ArrowDown', 'ArrowUp'].includes(event.key)) return
  event.preventDefault()
  const next = at + (event.key === 'ArrowDown' ? 1 : -1)
  if (next < 0) field.focus()
  else links[Math.min(next, links.length - 1)]?.focus()
})
document.addEventListener('click', ({ target }) => {
  if (!list.contains(target) && target !== field) list.hidden = true
})

// On a narrow screen the page comes before the list of all pages.
if (matchMedia('(max-width: 50rem)').matches) document.querySelector('.contents').open = false
