export { type Config, ConfigError, type LogLevel, loadConfig, workingFolder } from './config.ts'
