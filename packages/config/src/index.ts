export {
  type Config,
  ConfigError,
  describeSettings,
  type LogLevel,
  loadConfig,
  postgresUrl,
  type SettingDescription,
  workingFolder,
} from './config.ts'
export { secretsIn } from './secrets-in.ts'
