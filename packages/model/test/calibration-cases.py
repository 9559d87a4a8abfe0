"""Draws classification problems, and prints how scikit-learn calibrates them, as one JSON object.

Usage: calibration-cases.py SEED COUNT. The sigmoid is also fitted to the optimum: scikit-learn stops a little earlier.
"""
import json, sys, warnings

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, xlogy
from sklearn.calibration import CalibratedClassifierCV, _sigmoid_calibration
from sklearn.datasets import make_classification
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

warnings.simplefilter("ignore")
seed, count = int(sys.argv[1]), int(sys.argv[2])
random = np.random.RandomState(seed)


def best_sigmoid(scores, y, w):
    w = np.ones(len(y)) if w is None else w
    positives, negatives = w[y > 0].sum(), w[y <= 0].sum()
    target = np.where(y > 0, (positives + 1) / (positives + 2), 1 / (negatives + 2))

    def loss(ab):
        p = expit(-(ab[0] * scores + ab[1]))
        return -(w * (xlogy(target, p) + xlogy(1 - target, 1 - p))).sum()

    def gradient(ab):
        d = w * (target - expit(-(ab[0] * scores + ab[1])))
        return np.array([d @ scores, d.sum()])

    def hessian(ab):
        p = expit(-(ab[0] * scores + ab[1]))
        d = w * p * (1 - p)
        return np.array([[d @ scores**2, d @ scores], [d @ scores, d.sum()]])

    ab = np.array(_sigmoid_calibration(scores, y, w))
    for _ in range(20):
        ab = ab - np.linalg.solve(hessian(ab), gradient(ab))
    return ab.tolist()


def draw_case(i):
    n, k = random.randint(20, 60), [2, 2, 3][i % 3]
    X, y = make_classification(n, 4, n_informative=3, n_redundant=1, n_classes=k, flip_y=0.2, random_state=seed * 1000 + i)
    X = np.round(X, 2)
    w = [None, np.round(random.rand(n) * 2 + 0.1, 1)][random.randint(2)]
    case = {"X": X.tolist(), "y": y.tolist(), "sampleWeight": None if w is None else w.tolist()}
    for method in ["sigmoid", "isotonic"]:
        m = CalibratedClassifierCV(LogisticRegression(tol=1e-12, max_iter=10000), method=method, cv=3, ensemble=False).fit(X, y, sample_weight=w)
        case[method] = m.predict_proba(X).tolist()
    scores = np.round(X[:, 0], 1)
    b = (y == 0).astype(float)
    case["scores"], case["b"] = scores.tolist(), b.tolist()
    case["ab"] = best_sigmoid(scores, b, w)
    places = np.round(random.randn(10) * 2, 1)
    case["places"] = places.tolist()
    case["heights"] = IsotonicRegression(out_of_bounds="clip").fit(scores, X[:, 1], sample_weight=w).predict(places).tolist()
    return case


print(json.dumps({"cases": [draw_case(i) for i in range(count)]}))
