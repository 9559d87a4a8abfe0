import { errorExamples, statuses } from '@dsapi/api/reference'
import { code, codeBlock, sentence, table } from './markdown.ts'

type Code = keyof typeof statuses

const codes = Object.keys(statuses) as Code[]

/** The reference of error codes, made of the list that the API and its OpenAPI document use. */
export const errorsPage = (): string => `# Errors

Every error has the same form. \`code\` is a stable word that programs can rely on; \`message\` is for people and may
change. \`detail\` names each wrong field, where the input was wrong. \`request_id\` is also in the \`X-Request-Id\` header
and in the log.

${codeBlock(
  'json',
  JSON.stringify(
    {
      error: true,
      message: errorExamples.invalid_features.message,
      status: statuses.invalid_features,
      code: 'invalid_features',
      detail: errorExamples.invalid_features.detail,
      request_id: 'c69f4f44-ecf1-4bc7-8eaf-c78329ac075e',
    },
    null,
    2,
  ),
)}

A client that sends \`Accept: application/problem+json\` gets the same facts in the form of RFC 9457: \`type\`, \`title\`,
\`status\`, \`code\`, \`errors\` and \`request_id\`.

${table(
  ['Code', 'Status', 'When', 'Message, for example'],
  codes.map((name) => [
    code(name),
    String(statuses[name]),
    sentence(errorExamples[name].when),
    errorExamples[name].message,
  ]),
)}
`
