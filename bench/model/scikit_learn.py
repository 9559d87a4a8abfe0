"""The same tasks as ours.ts, by scikit-learn."""

import json
import sys
import time

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression


def write_digits(table):
    X, y = load_digits(return_X_y=True)
    X.tofile(table + ".X")
    y.astype(float).tofile(table + ".y")


def fit(table, solver="lbfgs"):
    y = np.fromfile(table + ".y")
    X = np.fromfile(table + ".X").reshape(len(y), -1)
    started = time.perf_counter()
    model = LogisticRegression(max_iter=10_000, solver=solver).fit(X, y)
    seconds = time.perf_counter() - started
    scores = model.decision_function(X)
    if scores.ndim == 1:
        scores = np.column_stack([np.zeros(len(y)), scores])
    own = scores[np.arange(len(y)), np.searchsorted(model.classes_, y)]
    loss = (np.logaddexp.reduce(scores, axis=1) - own).sum()
    return {"seconds": seconds, "objective": loss + 0.5 * (model.coef_**2).sum()}


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


task, table, *solver = sys.argv[1:]
tasks = {
    "fit": lambda: fit(table, *solver),
    "proba": proba,
    "one": one,
    "write-digits": lambda: write_digits(table),
}
print(json.dumps(tasks[task]()))
