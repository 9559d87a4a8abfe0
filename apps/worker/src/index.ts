export { startPredictionWorker } from './start-prediction-worker.ts'
