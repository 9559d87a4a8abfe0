"""Draws problems, and prints what statsmodels and scikit-learn find out about models of them, as one JSON object.

Usage: knowledge-cases.py SEED COUNT. `tables` needs python3-statsmodels and is empty without it.
"""
import json, sys, warnings

import numpy as np
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV, Ridge

try:
    import statsmodels.api as sm
except ImportError:
    sm = None

warnings.simplefilter("ignore")
seed, count = int(sys.argv[1]), int(sys.argv[2])
random = np.random.RandomState(seed)


def draw(i):
    n, p = int(random.randint(30, 60)), int(random.randint(1, 4))
    X = np.round(random.randn(n, p) * 10.0 ** random.randint(-1, 2, p) + [0, 10][i % 2], 3)
    return X, (X - X.mean(0)) / X.std(0)


def draw_table(i):
    X, Z = draw(i)
    n, p = X.shape
    kind = ["binary", "three", "linear", "weighted"][i % 4]
    A = sm.add_constant(X, has_constant="add")
    weights = np.ones(n)
    if kind == "linear":
        y = np.round(Z.sum(1) + random.randn(n), 3)
        weights = [np.ones(n), np.round(random.rand(n) + 0.5, 2)][random.randint(2)]
        fit = sm.WLS(y, A, weights=weights).fit()
    elif kind == "three":
        y = np.argmax(Z @ random.randn(p, 3) + 2 * random.randn(n, 3), axis=1)
        fit = sm.MNLogit(y, A).fit(disp=0, method="newton", maxiter=200, tol=1e-14)
    else:
        y = (Z.sum(1) + 2 * random.randn(n) > 0).astype(int)
        weights = random.randint(1, 4, n).astype(float) if kind == "weighted" else weights
        fit = sm.GLM(y, A, family=sm.families.Binomial(), freq_weights=weights).fit(tol=1e-14, maxiter=200)
    interval = np.asarray(fit.conf_int()).reshape(-1, 2)
    flat = lambda values: np.asarray(values).ravel(order="F").tolist()
    return {
        "kind": kind, "X": X.tolist(), "y": y.tolist(), "sampleWeight": weights.tolist(),
        "coef": flat(fit.params), "standardError": flat(fit.bse), "statistic": flat(fit.tvalues), "pValue": flat(fit.pvalues),
        "low": interval[:, 0].tolist(), "high": interval[:, 1].tolist(),
    }


def draw_importance(i):
    X, Z = draw(i)
    X = np.column_stack([X, random.randint(0, 3, len(X))])
    y = (Z[:, 0] + random.randn(len(X)) > 0).astype(int) if i % 2 == 0 else np.round(Z.sum(1) + random.randn(len(X)), 3)
    m = (LogisticRegression(C=1e-3 if i % 4 else 1, tol=1e-10, max_iter=10**4) if i % 2 == 0 else Ridge()).fit(X, y)
    found = permutation_importance(m, X, y, n_repeats=4, random_state=i)
    return {"X": X.tolist(), "y": y.tolist(), "C": 1e-3 if i % 4 else 1, "seed": i, "coef": np.ravel(m.coef_).tolist(), "intercept": float(np.ravel(m.intercept_)[0]), "importances": found.importances.tolist()}


def draw_search(i):
    X, Z = draw(2)
    k = 2 + i % 2
    y = np.argmax(Z @ random.randn(Z.shape[1], k) + 2 * random.randn(len(Z), k), axis=1)
    y[: 6 * k] = np.arange(6 * k) % k
    case = {"X": Z.tolist(), "y": y.tolist()}
    for scoring in ["accuracy", "neg_log_loss"]:
        m = LogisticRegressionCV(Cs=5, cv=3, scoring=scoring, tol=1e-10, max_iter=10**4).fit(Z, y)
        case[scoring] = {"C": float(m.C_[0]), "scores": m.scores_[1].T.tolist()}
    return case


print(json.dumps({
    "tables": [draw_table(i) for i in range(count)] if sm else [],
    "importance": [draw_importance(i) for i in range(count)],
    "search": [draw_search(i) for i in range(count)],
}))
