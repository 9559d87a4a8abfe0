/** Also in the README of `@dsapi/model`, whose tests run them. */
const linesForPython = `\
import json, numpy as np
last = m[-1] if hasattr(m, "steps") else m  # of a Pipeline, the model itself
rows = X[:: len(X) // 20 + 1]  # about 20 rows, with the answers that they get in Python
json.dump({
    "classes": last.classes_.tolist(),
    "coef": last.coef_.tolist(),
    "intercept": np.asarray(last.intercept_).tolist(),
    "feature_names": list(getattr(X, "columns", [])),
    "estimator": type(last).__name__,
    "multi_class": getattr(last, "multi_class", None),
    "solver": getattr(last, "solver", None),
    "check": {"x": np.asarray(rows, float).tolist(), "p": m.predict_proba(rows).tolist()},
}, open("model.json", "w"), default=lambda value: value.item())`

export const aboutImport = `
This writes a pipeline or a linear model of scikit-learn, with rows and the
answers that Python gives to them:

  $ dsapi model export-helper > dsapi_export.py
  $ python dsapi_export.py model.pkl model.json

For a logistic regression without steps before it, these lines do as well, with
the model m, fitted to the rows X:

${linesForPython}

The import computes the answers to the rows in "check" and refuses a model whose
results differ from those of Python. Without "check" it relies on "multi_class"
and "solver" alone, and warns.

Examples:
  $ dsapi model import model.json
  $ dsapi model import model.json --name churn --json`
