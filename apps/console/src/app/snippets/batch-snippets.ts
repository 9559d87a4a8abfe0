import { serverUrl } from '../base.ts'
import { pythonValue, shellText } from './literals.ts'
import type { SnippetSet } from './snippet.ts'

/** Programs that score a file in the background. */
export const batchSnippet = (model: string): SnippetSet => {
  const query = model === 'default' ? '' : `?model=${encodeURIComponent(model)}`
  return {
    curl: `export DSAPI_URL=${shellText(serverUrl)}
job=$(curl -sS --fail-with-body -H "X-API-Key: $DSAPI_KEY" -H 'Content-Type: text/csv' \\
  --data-binary @rows.csv "$DSAPI_URL/jobs/batch${query}" | jq -r .id)
curl -sSN -H "X-API-Key: $DSAPI_KEY" "$DSAPI_URL/jobs/$job/events"   # until it has ended
curl -sS --fail-with-body -H "X-API-Key: $DSAPI_KEY" "$DSAPI_URL/jobs/$job/result" -o result.csv
`,
    python: `import os, time
import requests

url = ${pythonValue(serverUrl)}
session = requests.Session()
session.headers["X-API-Key"] = os.environ["DSAPI_KEY"]

with open("rows.csv", "rb") as rows:
    answer = session.post(f"{url}/jobs/batch${query}", data=rows, headers={"Content-Type": "text/csv"})
answer.raise_for_status()
job = answer.json()["id"]
while (state := session.get(f"{url}/jobs/{job}").json()["state"]) in ("queued", "running"):
    time.sleep(1)
print(state, session.get(f"{url}/jobs/{job}/result").text)
`,
    javascript: `import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { createClient } from '@dsapi/client'

const client = createClient({ baseUrl: ${JSON.stringify(serverUrl)}, apiKey: process.env.DSAPI_KEY })
const rows = Readable.toWeb(createReadStream('rows.csv'))
const { id } = await client.submitBatch(rows, { format: 'csv'${model === 'default' ? '' : `, model: ${JSON.stringify(model)}`} })
console.log(await client.wait(id))
`,
  }
}
