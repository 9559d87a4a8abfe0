import { serverUrl } from '../base.ts'
import { type Cell, pythonValue, rName, rValue, shellText } from './literals.ts'
import type { SnippetSet } from './snippet.ts'

type Row = readonly (readonly [name: string, value: Cell])[]

const pathOf = (model: string) => `/models/${encodeURIComponent(model)}/predict`

const python = (model: string, row: Row) => `import os
import requests

url = ${pythonValue(serverUrl)}
session = requests.Session()
session.headers["X-API-Key"] = os.environ["DSAPI_KEY"]

row = {${row.map(([name, value]) => `${pythonValue(name)}: ${pythonValue(value)}`).join(', ')}}
answer = session.post(f"{url}${pathOf(model)}", json={"instances": [row]})
answer.raise_for_status()
print(answer.json()["predictions"][0])
`

const notebook = (model: string) => `import getpass, os
import pandas as pd
import requests

session = requests.Session()
session.headers["X-API-Key"] = os.environ.get("DSAPI_KEY") or getpass.getpass("dsapi key: ")

def predict(frame, url=${pythonValue(serverUrl)}, rows=50_000):
    """The answers for a data frame whose columns are the model's features."""
    predictions = []
    for start in range(0, len(frame), rows):
        instances = frame.iloc[start:start + rows].to_dict("records")
        answer = session.post(f"{url}${pathOf(model)}", json={"instances": instances})
        answer.raise_for_status()
        predictions += answer.json()["predictions"]
    return pd.DataFrame(predictions, index=frame.index)
`

const r = (model: string, row: Row) => `library(httr2)

row <- list(${row.map(([name, value]) => `${rName(name)} = ${rValue(value)}`).join(', ')})
request(${rValue(serverUrl + pathOf(model))}) |>
  req_headers_redacted(\`X-API-Key\` = Sys.getenv("DSAPI_KEY")) |>
  req_body_json(list(instances = list(row))) |>
  req_perform() |>
  resp_body_json(simplifyVector = TRUE)
`

const javascript = (model: string, row: Row) => `import { createClient } from '@dsapi/client'

const client = createClient({ baseUrl: ${JSON.stringify(serverUrl)}, apiKey: process.env.DSAPI_KEY })
console.log(await client.models.predict(${JSON.stringify(model)}, ${JSON.stringify(Object.fromEntries(row))}))
`

/** Programs that ask a model for one row. */
export const predictSnippets = (model: string, row: Row): SnippetSet => {
  const body = JSON.stringify({ instances: [Object.fromEntries(row)] })
  return {
    curl: `curl -sS --fail-with-body -H "X-API-Key: $DSAPI_KEY" \\
  -H 'Content-Type: application/json' --data ${shellText(body)} \\
  ${shellText(serverUrl + pathOf(model))}
`,
    python: python(model, row),
    notebook: notebook(model),
    r: r(model, row),
    javascript: javascript(model, row),
  }
}
