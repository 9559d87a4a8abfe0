import type { ModelInfo } from '../model-info.ts'

/** What a request may ask of a model: its classes or values, or the probabilities of its classes. */
export type AnswerKind = 'predict' | 'predict_proba'

/** What a model can be asked. */
export const answerKinds = ({ output }: ModelInfo): readonly AnswerKind[] =>
  output.type === 'classes' ? ['predict', 'predict_proba'] : ['predict']
