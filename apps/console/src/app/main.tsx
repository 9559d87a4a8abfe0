import { render } from 'preact'
import { loadSession } from './api/session.ts'
import { listenForLinks } from './router/location.ts'
import { App } from './shell/app.tsx'
import { listenForHotkeys } from './shell/hotkeys.ts'
import { takeCode } from './shell/taken-code.ts'

takeCode()
listenForHotkeys()
listenForLinks()
const root = document.querySelector('#console')
if (root !== null) render(<App />, root)
void loadSession()
