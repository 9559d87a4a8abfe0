import { serverUrl } from '../base.ts'
import { shellText } from './literals.ts'
import type { SnippetSet } from './snippet.ts'

/** How the key is used, without the key itself: a text that is copied must not hold it. */
export const keySnippets = (): SnippetSet => ({
  curl: `read -rs DSAPI_KEY && export DSAPI_KEY   # paste the key: it is not in the history
curl -sS --fail-with-body -H "X-API-Key: $DSAPI_KEY" ${shellText(`${serverUrl}/keys/self`)}
`,
})
