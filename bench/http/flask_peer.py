"""The same job with Flask and scikit-learn: flask_peer:app, for gunicorn."""

import hashlib
import os

import flask
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

app = flask.Flask(__name__)
X, y = make_classification(
    n_samples=100, n_features=2, n_informative=2, n_redundant=0, random_state=2
)
model = LogisticRegression().fit(X, y)
hashes = {hashlib.sha256(os.environ["PEER_KEY"].encode()).hexdigest()}


@app.route("/predict/feature_a/<a>/feature_b/<b>")
def predict(a: str, b: str):
    key = flask.request.headers.get("X-API-Key", "")
    if hashlib.sha256(key.encode()).hexdigest() not in hashes:
        return {"error": True}, 401
    probabilities = model.predict_proba([[float(a), float(b)]])[0]
    label = int(model.classes_[probabilities.argmax()])
    return {"class": label, "class_probabilities": probabilities.tolist()}
