"""The same models with FastAPI: fastapi_peer:app, for uvicorn. PEER_MODEL is a file of XGBoost, or a pickle."""

import hashlib
import os
import pickle

import fastapi
import numpy as np

app = fastapi.FastAPI()
hashes = {hashlib.sha256(os.environ["PEER_KEY"].encode()).hexdigest()}
path = os.environ["PEER_MODEL"]

if path.endswith(".json"):
    import xgboost

    booster = xgboost.Booster(params={"nthread": 1}, model_file=path)
    booster.set_param({"nthread": 1})
    classes = [0, 1]

    def predict_proba(rows):
        second = booster.inplace_predict(np.array(rows, np.float32))
        return np.column_stack([1 - second, second])

else:
    with open(path, "rb") as file:
        model = pickle.load(file)
    classes = model.classes_.tolist()

    def predict_proba(rows):
        return model.predict_proba(np.array(rows, float))


def check(key):
    if hashlib.sha256(key.encode()).hexdigest() not in hashes:
        raise fastapi.HTTPException(401)


def answers(rows):
    return [
        {"class": classes[row.argmax()], "class_probabilities": row.tolist()}
        for row in predict_proba(rows)
    ]


@app.get("/predict/{path:path}")
async def predict(path: str, x_api_key: str = fastapi.Header("")) -> dict:
    """Of /name/value/name/value; the names are taken to be in their order."""
    check(x_api_key)
    return answers([[float(value) for value in path.split("/")[1::2]]])[0]


@app.post("/predict")
async def predict_many(request: fastapi.Request, x_api_key: str = fastapi.Header("")) -> dict:
    check(x_api_key)
    return {"predictions": answers((await request.json())["instances"])}
