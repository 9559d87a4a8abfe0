export { decimalPattern, type Label, longestDecimal } from '@dsapi/model'
export { type Artifact, textArtifact } from './artifact.ts'
export { type Batch, batchOfNumbers } from './batch.ts'
export { rowOf } from './batch-builder.ts'
export {
  type BatchFormat,
  BatchFormatError,
  type BatchInput,
  readBatchInput,
} from './batches/batch-input.ts'
export { type BatchResult, keptOutput, outputOf, readBatchResult } from './batches/batch-result.ts'
export { classesInHeader } from './batches/classes-in-header.ts'
export { resultHeader } from './batches/result-lines.ts'
export { createNdjsonWriter } from './batches/result-to-ndjson.ts'
export { type ScoredLines, scoreLines } from './batches/score-lines.ts'
export { answerRows, type RowAnswer } from './comparison/answer-rows.ts'
export {
  type AnswerChanges,
  type ChangedRow,
  createChangeCounter,
} from './comparison/change-counter.ts'
export { createComparison } from './comparison/compare-answers.ts'
export { compareModels, type ModelComparison } from './comparison/compare-models.ts'
export { type AnswerScores, scoreAnswers } from './comparison/score-answers.ts'
export { computeBatchNow } from './compute.ts'
export type { EngineContext, EngineState } from './engines/engine-context.ts'
export { EngineUnavailableError } from './engines/engine-unavailable-error.ts'
export { evaluateAnswers } from './evaluation/evaluate-answers.ts'
export { evaluateClasses } from './evaluation/evaluate-classes.ts'
export { evaluateValues } from './evaluation/evaluate-values.ts'
export type { Evaluation } from './evaluation/evaluation.ts'
export { InputError } from './input-error.ts'
export { isRecord } from './is-record.ts'
export { type JobKind, jobKinds } from './job-kinds.ts'
export { headBytes, localKinds, readModel } from './kinds/index.ts'
export type { EngineKind, Kind } from './kinds/kind.ts'
export { logisticRegressionRuntime } from './kinds/logistic-regression.ts'
export { ModelOptionsError } from './kinds/model-options-error.ts'
export { refuseOthers } from './kinds/refuse-others.ts'
export { ModelFailedError } from './model-failed-error.ts'
export { classesOf, type Feature, type ModelInfo, type Output } from './model-info.ts'
export type { ModelOptions } from './model-options.ts'
export { type Predictions, placeOfClass, predictClasses } from './predictions.ts'
export {
  type AnsweredRequest,
  answerRequest,
} from './protocols/answer-request.ts'
export { placesOf, refuseOtherColumns } from './protocols/csv/csv-columns.ts'
export { csv } from './protocols/csv.ts'
export {
  type AnsweredPiece,
  type AnsweredRow,
  answerPiece,
  countedLabel,
  countedLabels,
  sampleEvery,
} from './protocols/dsapi-json/answer-rows.ts'
export { answerBytesPerRow } from './protocols/dsapi-json/answer-size.ts'
export { type Prediction, predictRow, predictRowInTime } from './protocols/dsapi-json/answers.ts'
export { type ParsedFeatures, parseFeatures } from './protocols/dsapi-json/features.ts'
export { readPathRow } from './protocols/dsapi-json/path-row.ts'
export { isPrediction } from './protocols/dsapi-json/read-prediction.ts'
export { readSlowResult } from './protocols/dsapi-json/slow-prediction.ts'
export { dsapiJson } from './protocols/dsapi-json.ts'
export { protocolOf, protocols } from './protocols/index.ts'
export type { RowCutter } from './protocols/line-protocol.ts'
export { matchPath } from './protocols/match-path.ts'
export { ndjson } from './protocols/ndjson.ts'
export type {
  FieldProblem,
  ListedModel,
  ModelState,
  NamedModel,
  Protocol,
  ProtocolEndpoint,
  ProtocolRequest,
  ServerState,
  Written,
} from './protocols/protocol.ts'
export { expectedValue, readCell } from './protocols/read-value.ts'
export type { ReadRows, UnknownMembers } from './protocols/rows-protocol.ts'
export type { Cell, Row } from './row.ts'
export type { ModelRuntime } from './runtime.ts'
export { checkSamples } from './samples/check-samples.ts'
export { readSamples } from './samples/read-samples.ts'
export { WrongSamplesError } from './samples/samples.ts'
