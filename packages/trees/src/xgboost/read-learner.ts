import type { DocumentReader } from '../document/document-reader.ts'
import type { Steps } from '../steps.ts'
import { type Booster, readBooster } from './read-booster.ts'
import { type PlacedText, readTextMembers, readTexts } from './read-text-members.ts'

/** The parts of a file, before they are held against each other. */
export interface Learner {
  attributes: Map<string, PlacedText>
  featureNames: string[]
  featureTypes: string[]
  booster?: Booster
  parameters?: Map<string, PlacedText>
  objective?: PlacedText | undefined
}

export interface XgboostFile {
  learner?: Learner
  version: number[]
}

/** Reads a whole file (dmlc/xgboost, src/learner.cc, LearnerIO::LoadModel). */
export function* readFile(reader: DocumentReader): Steps<XgboostFile> {
  const file: XgboostFile = { version: [] }
  for (const name of reader.members()) {
    if (name === 'learner') file.learner = yield* readLearner(reader)
    else if (name === 'version' && reader.peek() === 'array') file.version = readVersion(reader)
    else reader.skip()
  }
  reader.end()
  return file
}

/** Major, minor and patch. */
function readVersion(reader: DocumentReader): number[] {
  const version: number[] = []
  reader.array((index) => {
    if (index < 3) version.push(reader.number())
    else reader.skip()
  })
  return version
}

const PARAMETERS = ['base_score', 'num_feature', 'num_class', 'num_target']

function* readLearner(reader: DocumentReader): Steps<Learner> {
  const learner: Learner = { attributes: new Map(), featureNames: [], featureTypes: [] }
  for (const name of reader.members()) {
    switch (name) {
      case 'attributes':
        learner.attributes = readTextMembers(reader, ['best_iteration', 'scikit_learn'])
        break
      case 'feature_names':
        learner.featureNames = readTexts(reader)
        break
      case 'feature_types':
        learner.featureTypes = readTexts(reader)
        break
      case 'gradient_booster':
        learner.booster = yield* readBooster(reader)
        break
      case 'learner_model_param':
        learner.parameters = readTextMembers(reader, PARAMETERS)
        break
      case 'objective':
        learner.objective = readTextMembers(reader, ['name']).get('name')
        break
      default:
        reader.skip()
    }
  }
  return learner
}
