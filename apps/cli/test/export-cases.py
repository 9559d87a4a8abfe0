"""Fits an estimator of each class that dsapi_export.py takes, and of some that it refuses.

Prints one JSON object: for each name what the program wrote, with rows of the table and what Python answers to them; or its error.
"""

import json
import sys
import warnings

import numpy as np
import pandas as pd
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor, make_column_selector, make_column_transformer
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn import linear_model as linear
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import FeatureUnion, make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MaxAbsScaler,
    MinMaxScaler,
    OneHotEncoder,
    OrdinalEncoder,
    PolynomialFeatures,
    RobustScaler,
    StandardScaler,
)
from sklearn.svm import SVC, LinearSVC, LinearSVR

sys.path.insert(0, sys.argv[1])
import dsapi_export

warnings.simplefilter("ignore")
random = np.random.RandomState(3)
n = 90
X = pd.DataFrame(
    {
        "age": np.where(random.rand(n) < 0.1, np.nan, random.randint(1, 80, n)),
        "fare": random.exponential(30, n),
        "sex": random.choice(["female", "male"], n),
        "port": pd.Series(random.choice(["C", "Q", "S", None, "Z"], n, p=[0.3, 0.3, 0.3, 0.06, 0.04])).fillna(np.nan),
        "deck": random.choice([1, 2, 3], n),
        "alone": random.rand(n) < 0.5,
    }
)
numbers = X[["age", "fare"]].fillna(30)
score = (X.sex == "female") * 2 + X.fare / 40 - X.deck + random.randn(n)
three = np.array(["high", "low", "middle"])[np.digitize(score, [0, 1.5])]
two = np.where(score > 0.5, "yes", "no")
price = score * 10 + 100
few = dict(max_iter=1000)

scaled = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
filled = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
columns = ColumnTransformer(
    [("num", scaled, ["age", "fare"]), ("cat", filled, ["sex", "port"]), ("deck", OneHotEncoder(), ["deck"]), ("alone", "passthrough", ["alone"])]
)


def mixed(encoder, names=("sex",), last=None):
    return make_pipeline(ColumnTransformer([("c", encoder, list(names)), ("n", "passthrough", ["fare"])]), last or linear.LogisticRegression(**few))


def logistic(**options):
    return linear.LogisticRegression(**{**few, **options})


with_none = X.assign(port=X.port.where(X.port.notna(), None))

taken = {
    "a pipeline of the usual kind": (lambda: make_pipeline(columns, logistic()), X, two),
    "the same for three classes": (lambda: make_pipeline(columns, logistic()), X, three),
    "the same for numbers": (lambda: make_pipeline(columns, linear.Ridge()), X, price),
    "boolean classes": (lambda: make_pipeline(columns, logistic()), X, two == "yes"),
    "numbers as classes": (lambda: make_pipeline(columns, logistic()), X, (two == "yes") * 2 + 1),
    "a search": (lambda: GridSearchCV(make_pipeline(columns, logistic()), {"logisticregression__C": [0.1, 1]}, cv=2), X, two),
    "steps that do nothing": (lambda: make_pipeline("passthrough", FunctionTransformer(), columns, logistic()), X, two),
    "columns by position": (lambda: make_pipeline(ColumnTransformer([("n", scaled, [0, 1]), ("c", filled, slice(2, 4))]), logistic()), X, two),
    "columns by type": (
        lambda: make_pipeline(make_column_transformer((scaled, make_column_selector(dtype_include="float")), remainder="drop"), logistic()),
        X,
        two,
    ),
    "the rest passed through": (
        lambda: make_pipeline(make_column_transformer((filled, ["sex", "port"]), (SimpleImputer(), ["age"]), remainder="passthrough"), logistic()),
        X,
        two,
    ),
    "an array of numbers": (lambda: make_pipeline(StandardScaler(), logistic()), numbers.to_numpy(), three),
    "an array with text": (
        lambda: make_pipeline(ColumnTransformer([("c", OneHotEncoder(), [1]), ("n", "passthrough", [0])]), logistic()),
        X[["fare", "sex"]].to_numpy(),
        two,
    ),
    "indicators of missing values": (lambda: make_pipeline(SimpleImputer(add_indicator=True), StandardScaler(), logistic()), X[["age", "fare"]], two),
    "constants for missing values": (
        lambda: make_pipeline(
            ColumnTransformer(
                [
                    ("n", SimpleImputer(strategy="constant", fill_value=-1), ["age"]),
                    ("c", make_pipeline(SimpleImputer(strategy="constant", fill_value="none"), OneHotEncoder()), ["port"]),
                ]
            ),
            logistic(),
        ),
        X,
        two,
    ),
    "columns without values": (
        lambda: make_pipeline(SimpleImputer(), StandardScaler(), logistic()),
        X[["age", "fare"]].assign(empty=np.nan),
        two,
    ),
    "scaled categories": (lambda: make_pipeline(OneHotEncoder(), StandardScaler(with_mean=False), logistic()), X[["sex", "deck"]], two),
    "OneHotEncoder, unknown values ignored": (lambda: mixed(OneHotEncoder(handle_unknown="ignore"), ["sex", "port"]), X, two),
    "OneHotEncoder, first dropped": (lambda: mixed(OneHotEncoder(drop="first"), ["sex", "deck"]), X, two),
    "OneHotEncoder, dropped if binary": (lambda: mixed(OneHotEncoder(drop="if_binary"), ["sex", "deck"]), X, two),
    "OneHotEncoder, infrequent": (
        lambda: mixed(OneHotEncoder(min_frequency=12, handle_unknown="infrequent_if_exist"), ["port", "deck"]),
        X,
        two,
    ),
    "OneHotEncoder, one dropped of infrequent": (lambda: mixed(OneHotEncoder(max_categories=3, drop=["S"]), ["port"]), X, two),
    "OneHotEncoder, first dropped of infrequent": (lambda: mixed(OneHotEncoder(max_categories=2, drop="first"), ["port", "deck"]), X, two),
    "OneHotEncoder, missing values": (lambda: mixed(OneHotEncoder(), ["port"]), X, two),
    "OneHotEncoder, None as a category": (lambda: mixed(OneHotEncoder(), ["port"]), with_none, two),
    "OneHotEncoder, booleans": (lambda: mixed(OneHotEncoder(), ["alone"]), X, two),
    "OrdinalEncoder": (lambda: mixed(OrdinalEncoder(), ["sex", "deck"]), X, two),
    "OrdinalEncoder, unknown and missing values": (
        lambda: mixed(OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-2), ["port"]),
        X,
        two,
    ),
    "MinMaxScaler": (lambda: make_pipeline(MinMaxScaler((-1, 2)), logistic()), numbers, two),
    "MaxAbsScaler": (lambda: make_pipeline(MaxAbsScaler(), logistic()), numbers, two),
    "RobustScaler": (lambda: make_pipeline(RobustScaler(), logistic()), numbers, two),
    "StandardScaler without mean": (lambda: make_pipeline(StandardScaler(with_mean=False), logistic()), numbers, two),
    "StandardScaler without scale": (lambda: make_pipeline(StandardScaler(with_std=False), logistic()), numbers, two),
    "numbers of 32 bits": (lambda: make_pipeline(StandardScaler(), logistic()), numbers.astype(np.float32), two),
    **{
        f"{name}, {len(set(y))} classes": (lambda make=make: make_pipeline(StandardScaler(), make()), numbers, y)
        for y in (two, three)
        for name, make in {
            "LogisticRegression alone": logistic,
            "LogisticRegression, one-vs-rest": lambda: logistic(multi_class="ovr"),
            "LogisticRegression, multinomial": lambda: logistic(multi_class="multinomial"),
            "LogisticRegression, liblinear": lambda: logistic(solver="liblinear"),
            "LogisticRegression, saga with l1": lambda: logistic(solver="saga", penalty="l1"),
            "LogisticRegression, newton-cholesky": lambda: logistic(solver="newton-cholesky"),
            "LogisticRegressionCV": lambda: linear.LogisticRegressionCV(Cs=2, cv=2, **few),
            "SGDClassifier with log loss": lambda: linear.SGDClassifier(loss="log_loss", random_state=0),
            "LinearDiscriminantAnalysis": LinearDiscriminantAnalysis,
            "OneVsRestClassifier": lambda: OneVsRestClassifier(logistic()),
        }.items()
    },
    "a bare LogisticRegression": (logistic, numbers, three),
    "a bare OneVsRestClassifier": (lambda: OneVsRestClassifier(logistic(solver="liblinear")), numbers, three),
    "a bare LinearRegression": (linear.LinearRegression, numbers, price),
    **{
        name: (lambda make=make: make_pipeline(StandardScaler(), make()), numbers, price)
        for name, make in {
            **{name: getattr(linear, name, LinearSVR) for name in dsapi_export.REGRESSORS},
            "Ridge for one column": linear.Ridge,
            "LinearRegression without intercept": lambda: linear.LinearRegression(fit_intercept=False),
        }.items()
    },
    **{
        f"{name} by decision": (lambda make=make: make_pipeline(StandardScaler(), make()), numbers, two)
        for name, make in {
            "LinearSVC": LinearSVC,
            "RidgeClassifier": linear.RidgeClassifier,
            "RidgeClassifierCV": linear.RidgeClassifierCV,
            "Perceptron": linear.Perceptron,
            "PassiveAggressiveClassifier": linear.PassiveAggressiveClassifier,
            "SGDClassifier with hinge loss": linear.SGDClassifier,
            "OneVsRestClassifier of LinearSVC": lambda: OneVsRestClassifier(LinearSVC()),
        }.items()
    },
}

labels = np.stack([two == "yes", three == "low"], axis=1)
refused = {
    "a forest": (RandomForestClassifier, numbers, two),
    "SVC": (SVC, numbers, two),
    "LinearSVC, 3 classes": (LinearSVC, numbers, three),
    "CalibratedClassifierCV": (lambda: CalibratedClassifierCV(logistic(), cv=2), numbers, two),
    "several labels": (lambda: OneVsRestClassifier(logistic()), numbers, labels),
    "several values": (linear.Ridge, numbers, np.stack([price, price], axis=1)),
    "a transformed target": (lambda: TransformedTargetRegressor(linear.Ridge(), func=np.log1p, inverse_func=np.expm1), numbers, price - price.min()),
    "a log link": (linear.PoissonRegressor, numbers, price - price.min()),
    "PCA": (lambda: make_pipeline(PCA(), logistic()), numbers, two),
    "polynomials": (lambda: make_pipeline(PolynomialFeatures(), logistic()), numbers, two),
    "a union": (lambda: make_pipeline(FeatureUnion([("s", StandardScaler())]), logistic()), numbers, two),
    "a function": (lambda: make_pipeline(FunctionTransformer(np.log1p), logistic()), numbers, two),
    "a clipping scaler": (lambda: make_pipeline(MinMaxScaler(clip=True), logistic()), numbers, two),
    "a marker of missing values": (lambda: make_pipeline(SimpleImputer(missing_values=-1), logistic()), numbers, two),
    "weights of transformers": (
        lambda: make_pipeline(ColumnTransformer([("s", StandardScaler(), ["age"])], transformer_weights={"s": 2}), logistic()),
        numbers,
        two,
    ),
    "categories of two types": (lambda: mixed(OneHotEncoder(), ["odd"]), X.assign(odd=pd.Series([True if a else 2 for a in X.alone], dtype=object)), two),
    "None that an imputer does not fill": (lambda: mixed(filled, ["port"]), with_none, two),
    "None in an OrdinalEncoder": (lambda: mixed(OrdinalEncoder(), ["port"]), with_none, two),
    "modified Huber loss": (lambda: linear.SGDClassifier(loss="modified_huber"), numbers, two),
}


def written(make, table, y):
    estimator = make().fit(table, y)
    some = table[:12]
    if hasattr(estimator, "predict_proba"):
        answers = estimator.predict_proba(some)
    elif hasattr(estimator, "decision_function"):
        answers = estimator.decision_function(some)
    else:
        answers = estimator.predict(some)
    cells = some.to_numpy(dtype=object) if hasattr(some, "to_numpy") else some
    return {
        "document": dsapi_export.describe(estimator, table if "alone" in table else None),
        "rows": [[dsapi_export.plain(cell) for cell in row] for row in cells],
        "answers": np.reshape(np.asarray(answers, dtype=float), (len(some), -1)).tolist(),
    }


def attempt(make, table, y):
    try:
        return written(make, table, y)
    except dsapi_export.CannotExport as error:
        return {"error": str(error)}


not_fitted = {"an estimator that is not fitted": {"error": ""}}
try:
    dsapi_export.describe(make_pipeline(columns, logistic()))
except dsapi_export.CannotExport as error:
    not_fitted["an estimator that is not fitted"]["error"] = str(error)
taken_now = {name: attempt(*case) for name, case in taken.items()}
refused_now = {**{name: attempt(*case) for name, case in refused.items()}, **not_fitted}
print(json.dumps({"taken": taken_now, "refused": refused_now}, allow_nan=False))
