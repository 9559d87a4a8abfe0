"""Times XGBoost on one thread: xgboost_peer.py MODEL ROWS FEATURES, where ROWS holds float32 numbers."""

import json, sys, time
import numpy as np
import xgboost as xgb

model, rows, features = sys.argv[1:]
booster = xgb.Booster(params={"nthread": 1}, model_file=model)
booster.set_param({"nthread": 1})
X = np.fromfile(rows, np.float32).reshape(-1, int(features))


def seconds(call, repeats):
    call()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return float(np.median(times))


print(json.dumps({
    "version": xgb.__version__,
    "one": seconds(lambda: booster.inplace_predict(X[:1]), 500),
    "bulk": seconds(lambda: booster.inplace_predict(X), 7) / len(X),
    "sum": float(booster.inplace_predict(X, predict_type="margin").astype(float).sum()),
}))
