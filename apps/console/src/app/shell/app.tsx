import { scopesNow, signedIn } from '../api/session.ts'
import { location, navigate } from '../router/location.ts'
import { isAllowed } from '../router/page-entry.ts'
import { findPage, firstPage } from '../router/pages.ts'
import { Announcer } from '../ui/announce.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Page } from '../ui/page.tsx'
import { Header } from './header.tsx'
import { HotkeyList } from './hotkey-list.tsx'
import { Nav } from './nav.tsx'
import { SignInForm, SignInPage } from './sign-in.tsx'

/** The whole console: the form to sign in, or the page of the address. */
export const App = () => {
  const now = signedIn.value
  if (now.state === 'unknown') return <p class="unseen">Loading</p>
  if (now.state === 'signed-out') return <SignInPage reason={now.reason} />
  return (
    <div class="frame">
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header session={now.session} />
      <Nav scopes={now.session.scopes} />
      <main id="main" tabIndex={-1}>
        <CurrentPage />
      </main>
      <Announcer />
      <HotkeyList />
      {now.state === 'ended' && (
        <Dialog title="The session has ended">
          <p>Sign in again to go on where you were.</p>
          <SignInForm />
        </Dialog>
      )}
    </div>
  )
}

const CurrentPage = () => {
  const { path } = location.value
  const scopes = scopesNow()
  if (path === '/') {
    const first = firstPage(scopes)
    queueMicrotask(() => navigate(first, { replace: true }))
    return null
  }
  const found = findPage(path)
  if (found === undefined)
    return (
      <Page title="Page not found">
        <p class="empty">The console has no page at this address.</p>
      </Page>
    )
  const { entry, parameters } = found
  if (!isAllowed(entry, scopes))
    return (
      <Page title="Not allowed">
        <p class="empty">
          This page needs the scope {entry.scopes.join(' or ')}. Your key has{' '}
          {scopes.length === 0 ? 'no scope' : scopes.join(', ')}.
        </p>
      </Page>
    )
  const { page: Current } = entry
  return <Current key={path} parameters={parameters} />
}
