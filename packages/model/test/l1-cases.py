"""Draws problems with an l1 penalty, and prints scikit-learn's solutions, as one JSON object.

Usage: l1-cases.py SEED COUNT. scikit-learn's solvers run until they come to a standstill.
"""
import json, sys, warnings

import numpy as np
from sklearn.linear_model import ElasticNet, Lasso, LogisticRegression

warnings.simplefilter("ignore")
seed, count = int(sys.argv[1]), int(sys.argv[2])
random = np.random.RandomState(seed)
pick = lambda values: values[random.randint(len(values))]


def draw_table():
    n, p = int(random.randint(15, 40)), int(random.randint(2, 8))
    X = random.randn(n, p)
    X[:, -1] += pick([0, 0.9]) * X[:, 0]
    return np.round(X, 3)


def draw_linear():
    X = draw_table()
    n, p = X.shape
    y = np.round(X @ (random.randn(p) * (random.rand(p) < 0.6)) + random.randn(n) + 5, 3)
    w = pick([None, np.round(random.rand(n) * 2 + 0.1, 1)])
    alpha, ratio, intercept = float(pick([0.01, 0.1, 0.5])), float(pick([0.2, 0.5, 1.0])), bool(random.rand() < 0.8)
    kind = Lasso(alpha=alpha) if ratio == 1 else ElasticNet(alpha=alpha, l1_ratio=ratio)
    m = kind.set_params(fit_intercept=intercept, tol=1e-15, max_iter=10**6).fit(X, y, sample_weight=w)
    return {
        "X": X.tolist(), "y": y.tolist(), "sampleWeight": None if w is None else w.tolist(),
        "alpha": alpha, "l1Ratio": ratio, "fitIntercept": intercept,
        "coef": m.coef_.tolist(), "intercept": float(m.intercept_),
    }


def draw_logistic():
    X = draw_table()
    n, p = X.shape
    k = pick([2, 2, 3])
    y = np.argmax(X @ random.randn(p, k) + random.randn(n, k), axis=1)
    y[:k] = range(k)
    C, ratio = float(pick([0.1, 1, 10])), pick([None, 0.3, 0.7])
    intercept = bool(random.rand() < 0.7)
    options = {"penalty": "l1"} if ratio is None else {"penalty": "elasticnet", "l1_ratio": ratio}
    if ratio is None and k == 2 and not intercept:
        options["solver"] = "liblinear"
    else:
        options["solver"] = "saga"
    m = LogisticRegression(C=C, fit_intercept=intercept, tol=1e-9, max_iter=20000, random_state=0, **options).fit(X, y)
    return {
        "X": X.tolist(), "y": y.tolist(), "C": C, "l1Ratio": ratio, "fitIntercept": intercept,
        "coef": m.coef_.tolist(), "intercept": np.ravel(m.intercept_).astype(float).tolist(), "p": m.predict_proba(X).tolist(),
    }


print(json.dumps({"linear": [draw_linear() for _ in range(count)], "logistic": [draw_logistic() for _ in range(count)]}))
