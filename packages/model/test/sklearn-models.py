"""Fits models of scikit-learn and writes each by the lines that README.md has for it.

Reads those lines from standard input; prints one JSON object: a list of cases for each name.
"""
import json, os, sys, tempfile, warnings

import numpy as np
from sklearn.datasets import load_breast_cancer, load_iris
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV, RidgeClassifier, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

warnings.simplefilter("ignore")
lines = sys.stdin.read()



class Frame(np.ndarray):
    """What those lines need of a DataFrame, for machines without pandas."""

    def named(data, columns):
        frame = np.array(data).view(Frame)
        frame.columns = columns
        return frame


iris = load_iris()
three = Frame.named(iris.data[:, 2:], ["petal length", "petal width"])
cancer = load_breast_cancer()
two = Frame.named(cancer.data[:, :3], ["radius", "texture", "perimeter"])
words = iris.target_names[iris.target]


def fitted(m, X, y):
    m.fit(X, y)
    return m, X


cases = {
    "three classes, multinomial": lambda: fitted(LogisticRegression(max_iter=1000), three, iris.target),
    "three classes, one-vs-rest": lambda: fitted(LogisticRegression(multi_class="ovr"), three, iris.target),
    "three classes, liblinear": lambda: fitted(LogisticRegression(solver="liblinear"), three, words),
    "three classes, liblinear without intercept": lambda: fitted(LogisticRegression(solver="liblinear", fit_intercept=False), three, words),
    "three classes, newton-cholesky": lambda: fitted(LogisticRegression(solver="newton-cholesky"), three, words),
    "three classes, no penalty": lambda: fitted(LogisticRegression(penalty=None, max_iter=100), three, words),
    "three classes, LogisticRegressionCV": lambda: fitted(LogisticRegressionCV(Cs=2, cv=2, max_iter=1000), three, words),
    "three classes, SGD with log loss": lambda: fitted(SGDClassifier(loss="log_loss", random_state=0), three, words),
    "three classes, SGD with modified huber loss": lambda: fitted(SGDClassifier(loss="modified_huber", random_state=0), three, words),
    "two classes": lambda: fitted(LogisticRegression(max_iter=10000), two, cancer.target),
    "two classes, liblinear": lambda: fitted(LogisticRegression(solver="liblinear"), two, cancer.target_names[cancer.target]),
    "two classes, one-vs-rest": lambda: fitted(LogisticRegression(multi_class="ovr", max_iter=10000), two, cancer.target),
    "two classes, multinomial": lambda: fitted(LogisticRegression(multi_class="multinomial", max_iter=10000), two, cancer.target),
    "two classes, SGD with log loss": lambda: fitted(SGDClassifier(loss="log_loss", random_state=0), two, cancer.target),
    "two classes, numbers of 32 bits": lambda: fitted(LogisticRegression(max_iter=10000), Frame.named(two.astype(np.float32), two.columns), cancer.target),
    "boolean classes": lambda: fitted(LogisticRegression(max_iter=10000), two, cancer.target == 1),
    "columns without names": lambda: fitted(LogisticRegression(max_iter=10000), Frame.named(two, range(3)), cancer.target),
    "columns with numbers of NumPy": lambda: fitted(LogisticRegression(max_iter=10000), Frame.named(two, np.arange(3)), cancer.target),
    "rows without columns": lambda: fitted(LogisticRegression(max_iter=10000), np.array(two), cancer.target),
    "a pipeline with a scaler": lambda: fitted(make_pipeline(StandardScaler(), LogisticRegression()), two, cancer.target),
    "RidgeClassifier": lambda: fitted(RidgeClassifier(), three, words),
    "LinearSVC": lambda: fitted(LinearSVC(), three, words),
    "SGD with hinge loss": lambda: fitted(SGDClassifier(random_state=0), three, words),
    "an ensemble": lambda: fitted(OneVsRestClassifier(LogisticRegression()), three, words),
}

written = {}
for name, fit in cases.items():
    m, X = fit()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            exec(lines, {"m": m, "X": X})
            with open("model.json") as file:
                written[name] = {"text": file.read()}
        except Exception as error:
            written[name] = {"error": f"{type(error).__name__}: {error}"}
        os.chdir("/")
print(json.dumps(written))
