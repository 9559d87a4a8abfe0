// What a key may be given, as text: checks of strings alone, for a command line that loads no library for its help.

export { durationForm, parseDuration } from './keys/duration.ts'
export {
  keyTextForm,
  longestName,
  longestNote,
  mostModels,
  parseKeyName,
  parseKeyNote,
} from './keys/key-names.ts'
export { defaultScopes, isScope, type Scope, scopes } from './keys/scopes.ts'
export { parseRate, rateForm } from './limits/rate.ts'
