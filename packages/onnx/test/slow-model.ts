import { buildModel, floatTensor, tensor } from './build-model.ts'

const width = 1000
const steps = 20

/** A model whose answer is its input, after 40 million multiplications a row. */
export const slowModel = (): Uint8Array<ArrayBuffer> =>
  buildModel({
    inputs: [['x', 'float32', 'n', 1]],
    outputs: [['y', 'float32', 'n', 1]],
    initializers: [
      floatTensor(
        'ones',
        Array.from({ length: width }, () => 1),
        [1, width],
      ),
      floatTensor('share', [1 / width], [1]),
      tensor('square', [width, width]),
      tensor('column', [width, 1]),
    ],
    nodes: [
      { operator: 'Expand', inputs: ['share', 'square'], outputs: ['mean'] },
      { operator: 'Expand', inputs: ['share', 'column'], outputs: ['last'] },
      { operator: 'MatMul', inputs: ['x', 'ones'], outputs: ['v0'] },
      ...Array.from({ length: steps }, (_, step) => ({
        operator: 'MatMul',
        inputs: [`v${step}`, 'mean'],
        outputs: [`v${step + 1}`],
      })),
      { operator: 'MatMul', inputs: [`v${steps}`, 'last'], outputs: ['y'] },
    ],
  })
