export { type AppDeps, createApp } from './app.ts'
export { type HttpServer, ListenError, listen } from './http-server.ts'
export { relaySnapshots } from './metrics/relay-snapshots.ts'
export { type Api, type StopTimes, startApi } from './start-api.ts'
