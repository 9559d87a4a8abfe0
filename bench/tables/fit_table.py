"""What `dsapi model fit` does with a table, by pandas and scikit-learn."""

import json
import sys

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

path, solver, tol = sys.argv[1], sys.argv[2], float(sys.argv[3])
table = pd.read_csv(path)
y = table.pop("label")
text = [name for name in table if table[name].dtype == object]
numbers = [name for name in table if name not in text]
parts = [("numbers", Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())]), numbers)]
if text:
    parts.append(("categories", OneHotEncoder(drop="if_binary"), text))
    X = ColumnTransformer(parts).fit_transform(table)
else:
    # dsapi fits numbers alone as they are.
    X = table.to_numpy()
model = LogisticRegression(solver=solver, tol=tol, max_iter=100_000).fit(X, y)
scores = X @ model.coef_.T + model.intercept_
if scores.shape[1] == 1:
    scores = np.column_stack([np.zeros(len(y)), scores])
own = scores[np.arange(len(y)), np.searchsorted(model.classes_, y)]
loss = (np.logaddexp.reduce(scores, axis=1) - own).sum()
print(json.dumps({"objective": loss + 0.5 * (model.coef_**2).sum()}))
