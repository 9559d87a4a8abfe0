"""Fits and pickles the pipelines that are served from Python: make_pipelines.py FOLDER."""

import pickle, sys
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True)
estimators = {"logistic": LogisticRegression(), "forest": RandomForestClassifier(100, random_state=0)}
for name, estimator in estimators.items():
    with open(f"{sys.argv[1]}/{name}.pkl", "wb") as file:
        pickle.dump(make_pipeline(StandardScaler(), estimator).fit(X, y), file)
