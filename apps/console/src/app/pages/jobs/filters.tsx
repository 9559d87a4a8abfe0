import { withQuery } from '../../api/request.ts'
import { location, setQuery } from '../../router/location.ts'
import { Choice, SearchField } from '../../ui/field.tsx'

const spans = { '1h': 3_600_000, '24h': 86_400_000, '7d': 604_800_000 } as const
type Span = keyof typeof spans

const isSpan = (text: string | null): text is Span => text !== null && text in spans

/** Spans are rounded to the minute, so that a page asks the same path for a while. */
const since = (span: Span) =>
  new Date(Math.floor((Date.now() - spans[span]) / 60_000) * 60_000).toISOString()

/** The server refuses others. */
const idCharacters = (text: string) => text.toLowerCase().replace(/[^0-9a-f-]/g, '')

/** The path of the list that the address asks for. */
export const jobListPath = (query: URLSearchParams, isAdmin: boolean): string => {
  const span = query.get('created')
  return withQuery('/api/jobs', {
    all: isAdmin ? true : undefined,
    state: query.get('state') ?? undefined,
    kind: query.get('kind') ?? undefined,
    owner: query.get('owner') ?? undefined,
    id_prefix: idCharacters(query.get('id') ?? ''),
    since: isSpan(span) ? since(span) : undefined,
    limit: 50,
  })
}

const kinds = [
  ['', 'All kinds'],
  ['batch', 'batch'],
  ['slow-prediction', 'slow-prediction'],
] as const

const times = [
  ['', 'Any time'],
  ['1h', 'Last hour'],
  ['24h', 'Last 24 hours'],
  ['7d', 'Last 7 days'],
] as const

const valueIn = <T extends string>(
  choices: readonly (readonly [T, string])[],
  text: string | null,
): T | '' => choices.find(([choice]) => choice === text)?.[0] ?? ''

/** The filters of the list. They are in the address, so that it can be passed on. */
export const JobFilters = ({ isAdmin }: { readonly isAdmin: boolean }) => {
  const { query } = location.value
  return (
    <search class="filters">
      <label class="field">
        <span>Id begins with</span>
        <input
          type="search"
          data-filter
          class="mono"
          spellcheck={false}
          autocomplete="off"
          value={query.get('id') ?? ''}
          onInput={(event) => {
            const id = idCharacters(event.currentTarget.value)
            event.currentTarget.value = id
            setQuery({ id })
          }}
        />
      </label>
      <Choice
        label="Kind"
        value={valueIn(kinds, query.get('kind'))}
        choices={kinds}
        onChange={(kind) => setQuery({ kind })}
      />
      <Choice
        label="Created"
        value={valueIn(times, query.get('created'))}
        choices={times}
        onChange={(created) => setQuery({ created })}
      />
      {isAdmin && (
        <SearchField
          label="Key id"
          value={query.get('owner') ?? ''}
          onChange={(owner) => setQuery({ owner })}
        />
      )}
    </search>
  )
}
