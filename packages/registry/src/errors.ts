import { defaultModel } from './model-name.ts'

/** The database holds no model; the message says what to do. */
export class NoModelError extends Error {
  override readonly name = 'NoModelError'

  constructor() {
    super('The database holds no model yet. Fit one: dsapi gendb')
  }
}

/** Without the full stop that some messages end in: a sentence goes on behind it. */
const reasonOf = (cause: unknown) =>
  (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '')

const adviceFor = (model: string) =>
  model === defaultModel
    ? 'Fit again (dsapi model fit), or import a model or an older version (dsapi model show --version N --json > model.json; dsapi model import model.json)'
    : `Serve another version (dsapi model serve ${model}@N), or add the model again (dsapi model add FILE --name ${model})`

/** A stored version cannot be served: it is damaged, of a form that this dsapi cannot read, its engine is missing, or it
 * answers its samples otherwise. The message names the way out. */
export class StoredModelError extends Error {
  override readonly name = 'StoredModelError'
  readonly model: string
  readonly version: number

  constructor(model: string, version: number, cause: unknown) {
    const subject = model === defaultModel ? 'Model version' : `Model ${model}, version`
    super(`${subject} ${version} cannot be read: ${reasonOf(cause)}. ${adviceFor(model)}`, {
      cause,
    })
    this.model = model
    this.version = version
  }

  /** Why, without the way out. */
  get reason(): string {
    return reasonOf(this.cause)
  }
}

/** A job was accepted for a version that is not in the database any more. */
export class ModelGoneError extends Error {
  override readonly name = 'ModelGoneError'

  constructor(name: string, tag: string) {
    const which = name === defaultModel ? tag : `${tag} of ${name}`
    super(
      `Model version ${which}, for which this was accepted, is not in the database any more. Submit it again for the model that is served now`,
    )
  }
}

export type RefusalCode =
  /** It has more bytes than are allowed. */
  | 'too_large'
  /** It is no model of a known kind. */
  | 'not_a_model'
  /** It is one, and cannot be served as it is. */
  | 'unreadable'
  /** Its options do not go with the file, or it needs one. */
  | 'invalid_options'
  /** Its engine is not installed. */
  | 'missing_engine'
  /** It answers its samples otherwise than they do. */
  | 'wrong_samples'
  /** It would run code. */
  | 'code'

/** A file was not added as a version of a model; the message says why and what to do. */
export class ModelRefusedError extends Error {
  override readonly name = 'ModelRefusedError'
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** There is no such model, or no such version of it. */
export class VersionNotFoundError extends Error {
  override readonly name = 'VersionNotFoundError'
  readonly model: string
  /** Undefined where there is no such model at all. */
  readonly version: number | undefined

  constructor(model: string, version?: number) {
    super(
      version === undefined
        ? `There is no model ${model}`
        : `There is no version ${version} of the model ${model}`,
    )
    this.model = model
    this.version = version
  }
}

/** A version cannot be removed while it is served, a canary or a shadow. */
export class VersionInUseError extends Error {
  override readonly name = 'VersionInUseError'

  constructor(model: string, version: number, use: 'served' | 'the canary' | 'the shadow') {
    super(
      `Version ${version} of the model ${model} is ${use}, so it cannot be removed. ${use === 'served' ? 'Serve another version first' : 'End that first'}`,
    )
  }
}

/** What is served cannot be changed in this way; the message says why. */
export class ModelChangeError extends Error {
  override readonly name = 'ModelChangeError'
}
