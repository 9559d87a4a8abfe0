import { rowsPerPiece } from './dsapi-json/answer-size.ts'
import { writeAnswers } from './dsapi-json/answers.ts'
import { readInstances } from './dsapi-json/read-instances.ts'
import type { RowsProtocol } from './rows-protocol.ts'

/** `{"instances": […]}` is answered with `{"predictions": […]}`, one for each row, in order. */
export const dsapiJson: RowsProtocol = {
  name: 'dsapi',
  read: (body, model, options) =>
    readInstances(model.features, body, { ...options, rowsPerPiece: rowsPerPiece(model) }),
  write: writeAnswers,
  around: { start: '{"predictions":[', between: ',', end: ']}' },
}
