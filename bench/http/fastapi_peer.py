"""The same job with FastAPI and scikit-learn: fastapi_peer:app, for uvicorn."""

import hashlib
import os

import fastapi
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression

app = fastapi.FastAPI()
X, y = make_classification(
    n_samples=100, n_features=2, n_informative=2, n_redundant=0, random_state=2
)
model = LogisticRegression().fit(X, y)
hashes = {hashlib.sha256(os.environ["PEER_KEY"].encode()).hexdigest()}


def check(key: str) -> None:
    if hashlib.sha256(key.encode()).hexdigest() not in hashes:
        raise fastapi.HTTPException(401)


def answer(probabilities) -> dict:
    label = int(model.classes_[probabilities.argmax()])
    return {"class": label, "class_probabilities": probabilities.tolist()}


@app.get("/predict/feature_a/{a}/feature_b/{b}")
async def predict(a: float, b: float, x_api_key: str = fastapi.Header("")) -> dict:
    check(x_api_key)
    return answer(model.predict_proba([[a, b]])[0])


@app.post("/predict")
async def predict_many(request: fastapi.Request, x_api_key: str = fastapi.Header("")) -> dict:
    check(x_api_key)
    instances = (await request.json())["instances"]
    return {"predictions": [answer(row) for row in model.predict_proba(instances)]}
