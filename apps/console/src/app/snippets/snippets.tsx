import { useId } from 'preact/hooks'
import { snippetLanguage } from '../state/settings.ts'
import { Copy } from '../ui/copy.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { type Language, type SnippetSet, titles } from './snippet.ts'

const isLanguage = (name: string): name is Language => name in titles

/** Programs that do the same in several languages. The chosen language is remembered. */
export const Snippets = ({ of }: { readonly of: SnippetSet }) => {
  const id = useId()
  const languages = Object.keys(of).filter(isLanguage)
  const language = languages.find((name) => name === snippetLanguage.value) ?? languages[0]
  if (language === undefined) return null
  const text = of[language] ?? ''
  return (
    <div class="snippets">
      <Tabs
        label="Language"
        controls={id}
        value={language}
        tabs={languages.map((name) => [name, titles[name]])}
        onChange={(name) => {
          snippetLanguage.value = name
        }}
      />
      <div id={id} role="tabpanel" aria-label={titles[language]} class="snippet">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>{text}</pre>
        <Copy text={text} what="program" label="Copy" />
      </div>
    </div>
  )
}
