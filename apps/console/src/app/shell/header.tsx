import { type Session, signOut } from '../api/session.ts'
import { consoleUrl, serverUrl } from '../base.ts'
import { formatRelative } from '../format.ts'
import { isOffline, isPaused, now, refresh, updatedAt } from '../state/live.ts'
import { nextTheme, theme, zone } from '../state/settings.ts'
import { Icon } from '../ui/icon.tsx'
import { isListShown } from './hotkey-list.tsx'

const themeIcons = { system: 'screen', light: 'sun', dark: 'moon' } as const

/** The server, how fresh the data is, and who is signed in. */
export const Header = ({ session }: { readonly session: Session }) => (
  <header>
    <a class="brand" href={`${consoleUrl}/`}>
      <svg class="logo" viewBox="0 0 20 20" aria-hidden="true">
        <path d="M3 17 17 3" />
        <circle cx="6" cy="6.5" r="2.4" />
        <circle cx="14" cy="13.5" r="2.4" />
      </svg>
      dsapi
    </a>
    <span class="server">{new URL(serverUrl).host}</span>
    <Live />
    <div class="tools">
      <button
        type="button"
        class="quiet"
        aria-label={`Times: ${zone.value === 'utc' ? 'UTC' : 'local'}`}
        title="Show times in UTC or in local time"
        onClick={() => {
          zone.value = zone.value === 'utc' ? 'local' : 'utc'
        }}
      >
        {zone.value === 'utc' ? 'UTC' : 'Local'}
      </button>
      <button
        type="button"
        class="quiet icon-only"
        aria-label={`Theme: ${theme.value}`}
        title={`Theme: ${theme.value} (t)`}
        onClick={nextTheme}
      >
        <Icon name={themeIcons[theme.value]} />
      </button>
      <button
        type="button"
        class="quiet icon-only"
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        onClick={() => {
          isListShown.value = true
        }}
      >
        <Icon name="keyboard" />
      </button>
      <span class="who" title={session.scopes.join(', ')}>
        {session.name}
      </span>
      <button type="button" class="quiet" aria-label="Sign out" onClick={() => void signOut()}>
        <Icon name="leave" />
        <span>Sign out</span>
      </button>
    </div>
  </header>
)

const Live = () => {
  const at = updatedAt.value
  const text = isOffline.value
    ? 'Server not reached'
    : isPaused.value
      ? 'Paused'
      : at === undefined
        ? 'Live'
        : `Updated ${formatRelative(at, now.value)}`
  const tone = isOffline.value ? 'bad' : isPaused.value ? 'quiet' : 'good'
  return (
    <div class="live">
      <span class={`dot ${tone}`} aria-hidden="true" />
      <span>{text}</span>
      <button
        type="button"
        class="quiet icon-only"
        aria-pressed={isPaused.value}
        aria-label="Pause updates"
        title={isPaused.value ? 'Go on with updates (p)' : 'Pause updates (p)'}
        onClick={() => {
          isPaused.value = !isPaused.value
        }}
      >
        <Icon name={isPaused.value ? 'play' : 'pause'} />
      </button>
      <button
        type="button"
        class="quiet icon-only"
        aria-label="Refresh"
        title="Refresh (r)"
        onClick={refresh}
      >
        <Icon name="refresh" />
      </button>
    </div>
  )
}
