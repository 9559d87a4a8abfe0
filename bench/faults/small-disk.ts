import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk that is soon full. */
export type SmallDisk = { readonly folder: string; readonly remove: () => void }

/** Mounts a disk of 24 MiB in memory; undefined if that is not allowed. Requires root. */
export const mountSmallDisk = (): SmallDisk | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'dsapi-small-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder])
  if (status !== 0) {
    rmdirSync(folder)
    return undefined
  }
  return {
    folder,
    remove: () => {
      spawnSync('umount', [folder])
      rmdirSync(folder)
    },
  }
}
