"""Draws labels and scores, and prints what scikit-learn's metrics make of them, as one JSON object.

Usage: classification-scores-cases.py SEED COUNT
"""
import json, sys, warnings

import numpy as np
from sklearn import metrics

warnings.simplefilter("ignore")
seed, count = int(sys.argv[1]), int(sys.argv[2])
random = np.random.RandomState(seed)
averages = ["macro", "weighted", "micro"]


def draw_case():
    n, k = random.randint(3, 40), random.randint(2, 5)
    y, predicted = random.randint(0, k, n), random.randint(0, k, n)
    w = [None, np.round(random.rand(n) * 3, 1)][random.randint(2)]
    b = (y == y.max()).astype(int)
    b[:2] = [0, 1]
    if w is not None:
        w[:2] += 0.1
    case = {"yTrue": y.tolist(), "yPredicted": predicted.tolist(), "sampleWeight": None if w is None else w.tolist()}
    scores_of = lambda average: metrics.precision_recall_fscore_support(y, predicted, sample_weight=w, average=average)
    case["perClass"] = [values.astype(float).tolist() for values in scores_of(None)]
    case["average"] = {average: scores_of(average)[:3] for average in averages}
    case["accuracy"] = metrics.accuracy_score(y, predicted, sample_weight=w)
    scores = np.round(random.rand(n), random.randint(1, 4))
    precision, recall, thresholds = metrics.precision_recall_curve(b, scores, sample_weight=w)
    case["binary"] = {
        "yTrue": b.tolist(),
        "scores": scores.tolist(),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "thresholds": thresholds.tolist(),
        "averagePrecision": metrics.average_precision_score(b, scores, sample_weight=w),
        "f1": metrics.f1_score(b, (scores >= 0.5).astype(int), sample_weight=w),
    }
    return case


print(json.dumps({"cases": [draw_case() for _ in range(count)]}))
