export type BackupErrorCode =
  /** There is a file already where the backup would be written. */
  | 'exists'
  /** The file cannot be a backup, or is the database itself. */
  | 'unsuitable'
  /** The disk is full, or does not let us write. */
  | 'unwritable'
  /** The file is damaged. */
  | 'damaged'
  /** A process has the database open. */
  | 'in_use'
  /** The backup was made by a newer dsapi. */
  | 'newer'

/** A backup cannot be made or restored; the message says why and what to do. The database and earlier files are as they were. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
  readonly code: BackupErrorCode

  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
