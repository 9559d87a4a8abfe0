import {
  checkSamples as compareAnswers,
  type ModelRuntime,
  readSamples,
  WrongSamplesError,
} from '@dsapi/inference'

/**
 * Has a model answer its samples.
 *
 * @param text that of a file of samples
 * @throws WrongSamplesError when it cannot be read, or an answer is another one than is expected
 */
export const checkSamples = async (model: ModelRuntime, text: string): Promise<void> => {
  const check = await compareAnswers(model, readSamples(text, model.info))
  if (!check.ok) throw new WrongSamplesError(check.message)
}
