import { Copy } from './copy.tsx'

/** A command to copy. */
export const Command = ({ text }: { readonly text: string }) => (
  <span class="command">
    <code>{text}</code>
    <Copy text={text} what="command" />
  </span>
)
