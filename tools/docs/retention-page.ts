import { loadConfig } from '@dsapi/config'
import { retentionKinds } from '@dsapi/retention'
import { code, table } from './markdown.ts'

const duration = (days: number | undefined) => {
  if (days === undefined) return 'for ever'
  if (days === 0) return 'at once'
  return days === 1 ? '1 day' : `${days} days`
}

/** The reference of how long data is kept, made of the list by which it is deleted. */
export const retentionPage = (): string => {
  const defaults = loadConfig({})
  return `# Retention

Data is deleted after its time, by kind. Each API process and each worker looks once a minute for what is due. One of them
deletes a kind, in small commits with pauses between them, so that no other writer waits for long. The clock is that of the
database, so that the clocks of hosts need not agree. What is not listed here is kept for ever: keys, models that are
served, and the data table.

${table(
  ['Kind', 'What is deleted', 'After', 'Since', 'Setting'],
  retentionKinds.map(({ name, deletes, since, setting, keepDays }) => [
    code(name),
    deletes,
    duration(keepDays(defaults)),
    since,
    setting === undefined ? 'fixed' : code(setting),
  ]),
)}

A row of a job is kept for twice \`DSAPI_RESULT_DAYS\`. The metric \`dsapi_retention_deleted_total\` counts deleted rows by
kind, and the log has a line for each kind of which rows were deleted. \`dsapi db check\` names what should have been
deleted and was not.

\`DSAPI_MODEL_DAYS\` deletes no version that is served, a canary or a shadow, that a waiting or running job was accepted
for, or that never answered. A deleted version cannot be served again with \`dsapi model rollback\`.
`
}
