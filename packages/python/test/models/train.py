"""Fits models with scikit-learn, writes them into a folder, and prints what they predict for some rows as JSON."""

import json
import pickle
import sys

import joblib
import numpy
import pandas
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC, LinearSVC

folder = sys.argv[1]
random = numpy.random.RandomState(0)
X = random.normal(size=(60, 2))
y = (X[:, 0] + random.normal(size=60) > 0).astype(int)
labels = numpy.where(y == 1, "yes", "no")

pipeline = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, labels)
joblib.dump(pipeline, folder + "/pipeline.joblib")

regressor = LinearRegression().fit(X, numpy.column_stack([X[:, 0] * 2, X[:, 1] + 1]))
with open(folder + "/regressor.pkl", "wb") as file:
    pickle.dump(regressor, file)

named = LinearRegression().fit(pandas.DataFrame(X, columns=["a", "b"]), X[:, 0])
joblib.dump(named, folder + "/named.joblib")

# Its class is not always the most probable one.
svc = SVC(probability=True, random_state=0).fit(X, y)
joblib.dump(svc, folder + "/svc.joblib")
joblib.dump(LinearSVC().fit(X, y), folder + "/linear-svc.joblib")

mixed = pandas.DataFrame({"age": X[:, 0], "city": random.choice(["Bern", "Zürich", "Genf"], size=60)})
encode = ColumnTransformer([("n", StandardScaler(), ["age"]), ("t", OneHotEncoder(handle_unknown="ignore"), ["city"])])
with_text = make_pipeline(encode, LogisticRegression()).fit(mixed, y)
joblib.dump(with_text, folder + "/mixed.joblib")

rows = X[:20]
assert (svc.predict_proba(rows).argmax(axis=1) != svc.predict(rows)).any(), "The test needs such a row"
asked = mixed[:3].assign(city=["Zürich", "Oslo", numpy.nan])
print(json.dumps({
    "rows": rows.tolist(),
    "pipeline": pipeline.predict_proba(rows).tolist(),
    "regressor": regressor.predict(rows).tolist(),
    "named": named.predict(pandas.DataFrame(rows, columns=["a", "b"])).tolist(),
    "svc": svc.predict(rows).tolist(),
    "age": asked["age"].tolist(),
    "mixed": with_text.predict_proba(asked).tolist(),
}))
