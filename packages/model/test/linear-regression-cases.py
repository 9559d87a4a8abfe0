"""Draws least-squares problems, and prints their exact solutions and scikit-learn's, as one JSON object.

Usage: linear-regression-cases.py SEED COUNT. The exact solution is computed in fractions from the doubles of the problem.
"""
import json, sys, warnings
from fractions import Fraction

import numpy as np
from sklearn.linear_model import LinearRegression, Ridge

warnings.simplefilter("ignore")
seed, count = int(sys.argv[1]), int(sys.argv[2])
random = np.random.RandomState(seed)
pick = lambda values: values[random.randint(len(values))]


def draw_table(kind):
    n, p = int(random.randint(8, 25)), int(random.randint(1, 6))
    X = random.randn(n, p)
    if kind == "far from zero":
        X += 10.0 ** random.randint(2, 7, p)
    elif kind == "of different units":
        X *= 10.0 ** random.randint(-6, 7, p)
    elif kind == "nearly dependent":
        p = max(p, 2)
        X = random.randn(n, p)
        X[:, -1] = X[:, 0] + 10.0 ** -random.randint(2, 7) * X[:, -1]
    elif kind == "powers":
        t = np.sort(random.rand(n) * pick([1, 10]))
        X = np.vander(t, p + 1, increasing=True)[:, 1:]
    elif kind == "dependent":
        X = np.column_stack([X, X[:, 0], np.ones(n)])
    elif kind == "wide":
        X = random.randn(n, n + p)
    return X


def solve_exactly(X, y, w, alpha, intercept):
    n, p = X.shape
    rows = [[Fraction(float(v)) for v in row] + ([Fraction(1)] if intercept else []) for row in X]
    w = [Fraction(float(v)) for v in w]
    y = [Fraction(float(v)) for v in y]
    size = p + int(intercept)
    A = [[sum(w[i] * rows[i][j] * rows[i][k] for i in range(n)) for k in range(size)] + [sum(w[i] * rows[i][j] * y[i] for i in range(n))] for j in range(size)]
    for j in range(p):
        A[j][j] += Fraction(float(alpha))
    for k in range(size):
        pivot = next(j for j in range(k, size) if A[j][k] != 0)
        A[k], A[pivot] = A[pivot], A[k]
        A[k] = [v / A[k][k] for v in A[k]]
        for j in range(size):
            if j != k and A[j][k] != 0:
                A[j] = [a - A[j][k] * b for a, b in zip(A[j], A[k])]
    solution = [float(row[-1]) for row in A]
    return {"coef": solution[:p], "intercept": solution[p] if intercept else 0.0}


def draw_case():
    kind = pick(["plain", "plain", "far from zero", "of different units", "nearly dependent", "powers", "dependent", "wide"])
    X = draw_table(kind)
    n, p = X.shape
    y = X @ random.randn(p) / np.abs(X).max() + pick([0, 1e-3, 1]) * random.randn(n) + pick([0, 100])
    weights = pick([None, None, np.round(random.rand(n) * 4, 1)])
    estimator = "Ridge" if random.rand() < 0.5 else "LinearRegression"
    alpha = float(pick([1e-3, 1, 100])) if estimator == "Ridge" else 0
    intercept = bool(random.rand() < 0.8)
    m = Ridge(alpha=alpha, fit_intercept=intercept) if estimator == "Ridge" else LinearRegression(fit_intercept=intercept)
    m.fit(X, y, sample_weight=weights)
    case = {"kind": kind, "estimator": estimator, "alpha": alpha, "fitIntercept": intercept, "X": X.tolist(), "y": y.tolist()}
    case["sampleWeight"] = None if weights is None else weights.tolist()
    case["sklearn"] = {"coef": m.coef_.tolist(), "intercept": float(m.intercept_), "score": m.score(X, y, weights), "predicted": m.predict(X).tolist()}
    has_one_solution = alpha > 0 or (kind not in ("dependent", "wide") and (weights is None or (weights > 0).sum() > p))
    w = np.ones(n) if weights is None else weights
    case["exact"] = solve_exactly(X, y, w, alpha, intercept) if has_one_solution and p < 12 else None
    return case


print(json.dumps({"cases": [draw_case() for _ in range(count)]}))
