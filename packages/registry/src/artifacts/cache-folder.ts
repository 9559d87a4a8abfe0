import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Only the user who runs dsapi may look into it: an artifact is what the model knows. */
const ownerOnly = 0o700

export type CacheFolder = {
  readonly path: string
  /** Removes a folder that was made for this process only. */
  readonly close: () => Promise<void>
}

/**
 * Opens the folder for the files of models. Where it cannot be used, a new one among the temporary files takes its
 * place.
 *
 * @param onUnusable gets what is wrong with it, and which folder is used instead
 */
export const openCacheFolder = async (
  wanted: string,
  onUnusable: (message: string) => void,
): Promise<CacheFolder> => {
  try {
    await makePrivate(wanted)
    return { path: wanted, close: async () => {} }
  } catch (error) {
    const path = await mkdtemp(join(tmpdir(), 'dsapi-models-'))
    const reason = error instanceof Error ? error.message : String(error)
    onUnusable(
      `The folder ${wanted} for the files of models cannot be used (${reason}). Until the next start, ${path} is used. Set DSAPI_MODEL_CACHE to a folder that dsapi may write`,
    )
    return { path, close: () => rm(path, { recursive: true, force: true }) }
  }
}

const makePrivate = async (path: string) => {
  await mkdir(path, { recursive: true, mode: ownerOnly })
  const { uid, mode } = await stat(path)
  if (process.getuid !== undefined && uid !== process.getuid()) {
    throw new Error('it belongs to another user')
  }
  if ((mode & 0o777) !== ownerOnly) await chmod(path, ownerOnly)
  const probe = await mkdtemp(join(path, '.probe-'))
  await rm(probe, { recursive: true })
}
