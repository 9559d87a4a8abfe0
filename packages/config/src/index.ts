export {
  type Config,
  ConfigError,
  describeSettings,
  type LogLevel,
  loadConfig,
  type SettingDescription,
  workingFolder,
} from './config.ts'
export { secretsIn } from './secrets-in.ts'
export { postgresUrl } from './urls.ts'
