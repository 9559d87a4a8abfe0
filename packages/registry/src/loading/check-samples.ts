import type { ModelRuntime } from '@dsapi/inference'

/** Has a model answer its samples. @throws Error when an answer is another one than is expected */
export const checkSamples = async (_model: ModelRuntime, _samples: string): Promise<void> => {}
