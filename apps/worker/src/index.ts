export { type PredictionWorker, startPredictionWorker } from './start-prediction-worker.ts'
