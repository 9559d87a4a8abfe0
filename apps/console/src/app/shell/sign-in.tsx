import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { keyProblem } from '../api/key-form.ts'
import { problemOf } from '../api/problem.ts'
import { loadSession, signIn } from '../api/session.ts'
import { serverUrl } from '../base.ts'
import { Command } from '../ui/command.tsx'
import { takenCode } from './taken-code.ts'

/** The page for those who are not signed in. */
export const SignInPage = ({ reason }: { readonly reason: string | undefined }) => {
  useEffect(() => {
    document.title = `Sign in – dsapi ${new URL(serverUrl).host}`
  }, [])
  return (
    <main class="sign-in">
      <div class="panel">
        <h1>Sign in</h1>
        <p class="lead">{new URL(serverUrl).host}</p>
        {reason !== undefined && (
          <div class="problem" role="alert">
            <div>
              <p>{reason}</p>
              <button type="button" onClick={() => void loadSession()}>
                Try again
              </button>
            </div>
          </div>
        )}
        {takenCode.value === undefined ? <SignInForm /> : <CodeForm code={takenCode.value} />}
      </div>
    </main>
  )
}

const isLoopback = () => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(window.location.hostname)

/** The field for a key. The key goes to the server once and is kept nowhere. */
export const SignInForm = () => {
  const key = useSignal('')
  const problem = useSignal<string | undefined>(undefined)
  const isBusy = useSignal(false)
  if (!window.isSecureContext && !isLoopback())
    return (
      <p class="problem" role="alert">
        Open the console by HTTPS. Over plain HTTP, everyone on the way could read the key.
      </p>
    )
  const submit = async (event: Event) => {
    event.preventDefault()
    const text = key.value.trim()
    problem.value = keyProblem(text)
    if (problem.value !== undefined) return
    isBusy.value = true
    try {
      await signIn({ key: text })
      key.value = ''
    } catch (error) {
      problem.value = problemOf(error).message
      isBusy.value = false
    }
  }
  return (
    <form onSubmit={submit} noValidate>
      <label class="field">
        <span>API key</span>
        <input
          type="password"
          name="key"
          autocomplete="current-password"
          spellcheck={false}
          data-first-focus
          value={key.value}
          aria-invalid={problem.value !== undefined}
          aria-describedby="sign-in-problem"
          onInput={(event) => {
            key.value = event.currentTarget.value
          }}
        />
      </label>
      <p id="sign-in-problem" class="field-problem" role="alert">
        {problem.value}
      </p>
      <button type="submit" class="main full" disabled={isBusy.value}>
        Sign in
      </button>
      <p class="hint">
        No key at hand? This command on the server prints a link: <Command text="dsapi console" />
      </p>
    </form>
  )
}

/** A link with a code signs in after a click: no session begins without one (ASVS 7.6.2). */
const CodeForm = ({ code }: { readonly code: string }) => {
  const problem = useSignal<string | undefined>(undefined)
  const submit = async (event: Event) => {
    event.preventDefault()
    try {
      await signIn({ code })
    } catch (error) {
      problem.value = problemOf(error).message
      return
    }
    takenCode.value = undefined
  }
  return (
    <form onSubmit={submit}>
      <p>The link that you opened signs you in. It can be used once.</p>
      <p class="field-problem" role="alert">
        {problem.value}
      </p>
      <div class="buttons">
        <button
          type="button"
          onClick={() => {
            takenCode.value = undefined
          }}
        >
          Use a key
        </button>
        <button type="submit" class="main">
          Sign in
        </button>
      </div>
    </form>
  )
}
