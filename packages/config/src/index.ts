export {
  type Config,
  ConfigError,
  type LogLevel,
  loadConfig,
  postgresUrl,
  workingFolder,
} from './config.ts'
