import { useSignal } from '@preact/signals'
import { announce } from './announce.tsx'
import { Icon } from './icon.tsx'

/** Without a secure context there is no clipboard API: the text is selected in a field and copied from there. */
const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    const host = document.querySelector('dialog[open]') ?? document.body
    host.append(field)
    field.select()
    const isCopied = document.execCommand('copy')
    field.remove()
    return isCopied
  }
}

type CopyProps = {
  readonly text: string
  /** What is copied, such as `id`. */
  readonly what: string
  readonly label?: string
}

/** Copies a text to the clipboard and says so. */
export const Copy = ({ text, what, label }: CopyProps) => {
  const isCopied = useSignal(false)
  const copy = async () => {
    isCopied.value = await copyText(text)
    announce(isCopied.value ? `Copied the ${what}` : `The ${what} could not be copied. Select it.`)
    setTimeout(() => {
      isCopied.value = false
    }, 2000)
  }
  return (
    <button
      type="button"
      class={label === undefined ? 'quiet icon-only' : ''}
      {...(label === undefined && { 'aria-label': `Copy the ${what}`, title: `Copy the ${what}` })}
      onClick={copy}
    >
      <Icon name={isCopied.value ? 'check' : 'copy'} />
      {label !== undefined && (isCopied.value ? 'Copied' : label)}
    </button>
  )
}
