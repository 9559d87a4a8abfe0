// bee-queue has no types for the part of it that puts its Lua scripts into Redis.
declare module 'bee-queue/lib/lua/index.js' {
  import type { Redis } from 'ioredis'

  const lua: { readonly buildCache: (client: Redis) => Promise<unknown> }
  export default lua
}
