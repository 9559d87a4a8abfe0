"""The same tasks as ours.ts, by scikit-learn."""

import json
import sys
import time

import numpy as np
from sklearn.linear_model import LogisticRegression


def fit(table):
    y = np.fromfile(table + ".y")
    X = np.fromfile(table + ".X").reshape(len(y), -1)
    started = time.perf_counter()
    model = LogisticRegression(max_iter=10_000).fit(X, y)
    seconds = time.perf_counter() - started
    score = np.where(y == 1, 1, -1) * model.decision_function(X)
    objective = np.logaddexp(0, -score).sum() + 0.5 * (model.coef_**2).sum()
    return {"seconds": seconds, "objective": objective}


def small():
    return LogisticRegression().fit([[0, 1], [1, 1], [1, 3], [4, 1]], [0, 1, 0, 1])


def proba():
    model = small()
    X = (3 * np.sin(np.arange(2e6))).reshape(-1, 2)
    times = []
    for _ in range(15):
        started = time.perf_counter()
        model.predict_proba(X)
        times.append(time.perf_counter() - started)
    return {"seconds": sorted(times[5:])[5]}


def one():
    model = small()
    repeats = 2000
    started = time.perf_counter()
    for i in range(repeats):
        model.predict_proba([[i / repeats, 1]])
    return {"seconds": (time.perf_counter() - started) / repeats}


task, table = sys.argv[1:]
print(json.dumps({"fit": lambda: fit(table), "proba": proba, "one": one}[task]()))
