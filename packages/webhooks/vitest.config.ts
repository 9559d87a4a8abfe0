import { onBothEngines } from '@dsapi/testing/on-both-engines'

export default onBothEngines(import.meta.dirname)
