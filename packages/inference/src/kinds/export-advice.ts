import type { OtherFormat } from '@dsapi/trees'

const scikitLearn =
  "scikit-learn: `skl2onnx.to_onnx(model, X[:1], options={'zipmap': False})`, and write `.SerializeToString()` to model.onnx"
const xgboost = "XGBoost: `model.save_model('model.json')`"
const lightgbm =
  "LightGBM: `booster.save_model('model.txt')` (of LGBMClassifier and LGBMRegressor, `model.booster_`)"
const torch =
  "PyTorch: `torch.onnx.export(model, x, 'model.onnx', input_names=['x'], dynamic_axes={'x': {0: 'n'}})`"
const keras = "Keras: `model.export('model.onnx', format='onnx')`"
const catboost = "CatBoost: `model.save_model('model.onnx', format='onnx')` (numeric features only)"

const pickled = `Export the model from Python. ${scikitLearn}; ${xgboost}; ${lightgbm}. Or serve the pickle from the operator's own Python: dsapi model add --python`

/** What to do with a file that holds something else: the line of Python that exports a model from it. */
export const exportAdvice: Readonly<Record<OtherFormat, string>> = {
  empty: `Export the model again. ${scikitLearn}; ${xgboost}; ${lightgbm}`,
  pickle: pickled,
  joblib: pickled,
  zip: `Export the model from Python. ${scikitLearn}; ${torch}; ${keras}`,
  gzip: 'Then add what was in it',
  hdf5: `Export the model from Python. ${keras}`,
  safetensors: `Load it into its model in Python, and export that. ${torch}`,
  gguf: 'Language models are not served here. ONNX, XGBoost and LightGBM models are',
  catboost: `Export the model from Python. ${catboost}`,
  'catboost-json': `Export the model from Python. ${catboost}`,
  'xgboost-binary': `In Python, with XGBoost up to 3.0: \`booster = xgboost.Booster(); booster.load_model('old.bin'); booster.save_model('model.json')\``,
  'xgboost-dump': `Save the model itself. ${xgboost}`,
  'lightgbm-dump': `Save the model itself. ${lightgbm}`,
  html: 'Download the model again, and look at its first bytes',
  xml: `Export the model from Python. ${scikitLearn}; ${xgboost}; ${lightgbm}`,
}

/** What is served, for a file that is none of the known ones. */
export const whatIsServed = `Served are XGBoost (.json, .ubj), LightGBM (.txt), ONNX (.onnx), and the JSON of dsapi or {classes, coef, intercept} of scikit-learn. ${scikitLearn}; ${xgboost}; ${lightgbm}`
