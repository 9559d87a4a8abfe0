import { TreesError } from '../errors.ts'

/** What an XGBoost file cannot say. */
export interface XgboostOptions {
  /**
   * After early stopping, which trees predict: those up to the best iteration, as XGBClassifier and XGBRegressor do,
   * or all, as Booster.predict does. Without it, the file's mark of scikit-learn's wrapper decides.
   */
  readonly trees?: 'best' | 'all'
  /** What was missing in training: NaN (the default), or zero too, as with `missing=0` or from sparse matrices. */
  readonly missing?: 'nan' | 'zero'
}

export function checkOptions({ trees, missing }: XgboostOptions): void {
  checkOption('trees', trees, ['best', 'all'])
  checkOption('missing', missing, ['nan', 'zero'])
}

function checkOption(option: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return
  const choices = allowed.map((choice) => `'${choice}'`).join(' or ')
  throw new TreesError('invalid_option', `The option \`${option}\` has to be ${choices}.`, {
    option,
  })
}
