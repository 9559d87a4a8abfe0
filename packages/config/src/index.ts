export { describeSettings } from './describe-settings.ts'
export { type Config, loadConfig, workingFolder } from './load-config.ts'
export { secretsIn } from './secrets-in.ts'
export { postgresUrl } from './urls.ts'
