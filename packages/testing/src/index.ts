export { freePort } from './free-port.ts'
export { describeWithRedis, type RedisServer, startRedis } from './redis.ts'
export { temporaryFolder } from './temporary-folder.ts'
export { waitFor } from './wait-for.ts'
