"""Makes the models of test/fixtures/made-*: python3 make-xgboost-models.py FOLDER, with XGBoost 1.7 (Debian's python3-xgboost)."""

import json, os, sys
import numpy as np
import xgboost as xgb

folder = sys.argv[1]
rng = np.random.default_rng(0)
X = rng.normal(size=(400, 5)).astype(np.float32)
X[rng.random(X.shape) < 0.15] = np.nan
X[rng.random(X.shape) < 0.1] = 0
full = np.nan_to_num(X)
score = full[:, 0] - 2 * full[:, 1] * full[:, 2] + 0.3 * rng.normal(size=400)
labels = {
    "binary": (score > 0).astype(float),
    "classes": np.digitize(score, [-1, 1]).astype(float),
    "value": score,
    "count": np.floor(np.abs(score) * 2),
    "positive": np.abs(score) + 0.1,
}
test = X[:30]


def cell(value):
    return None if np.isnan(value) else float(value)


def save(name, booster, missing=np.nan, formats=("json",), rows=test, **kinds):
    matrix = xgb.DMatrix(rows, missing=missing, feature_names=booster.feature_names, **kinds)
    for extension in formats:
        booster.save_model(os.path.join(folder, f"made-{name}.{extension}"))
    expected = {
        "made_with": f"xgboost {xgb.__version__}",
        "input": [[cell(v) for v in row] for row in rows],
        "margin": np.asarray(booster.predict(matrix, output_margin=True), float).tolist(),
        "prediction": np.asarray(booster.predict(matrix), float).tolist(),
    }
    with open(os.path.join(folder, f"made-{name}.expected.json"), "w") as file:
        json.dump(expected, file)


def train(name, y, rounds=6, missing=np.nan, names=None, formats=("json",), kinds={}, data=X, **parameters):
    parameters = {"max_depth": 3, "nthread": 1, "seed": 1, **parameters}
    matrix = xgb.DMatrix(data, y, missing=missing, feature_names=names, **kinds)
    booster = xgb.train(parameters, matrix, rounds)
    save(name, booster, missing, formats, data[:30], **kinds)


train("poisson", labels["count"], objective="count:poisson", base_score=1.5)
train("gamma", labels["positive"], objective="reg:gamma")
train("tweedie", labels["count"], objective="reg:tweedie")
train("logistic-values", labels["binary"], objective="reg:logistic", base_score=0.2)
train("logitraw", labels["binary"], objective="binary:logitraw", base_score=0.3)
train("hinge", labels["binary"], objective="binary:hinge")
train("cox", labels["positive"], objective="survival:cox")
train("softmax", labels["classes"], objective="multi:softmax", num_class=3)
train("dart-softprob", labels["classes"], objective="multi:softprob", num_class=3, booster="dart",
      rate_drop=0.5, one_drop=1, formats=("json", "ubj"))
train("linear-softprob", labels["classes"], objective="multi:softprob", num_class=3, booster="gblinear")
train("parallel", labels["binary"], objective="binary:logistic", num_parallel_tree=3, subsample=0.5)
train("names", labels["value"], objective="reg:squarederror",
      names=["with space", "Größe \"x\"", "back\\slash", "{}", "ok"],
      formats=("json", "ubj"))
train("missing-zero", labels["value"], missing=0.0, data=full, objective="reg:squarederror")
train("targets", np.stack([labels["value"], -labels["value"]], axis=1), objective="reg:squarederror")
train("labels", np.stack([labels["binary"], 1 - labels["binary"]], axis=1), objective="binary:logistic")
train("pruned", labels["value"], objective="reg:squarederror", tree_method="exact", gamma=5, max_depth=6)
train("deep", labels["value"], rounds=3, objective="reg:squarederror", grow_policy="lossguide", max_depth=0,
      max_leaves=40, tree_method="hist", formats=("json", "ubj"))

ranked = xgb.DMatrix(X, labels["count"])
ranked.set_group([20] * 20)
save("rank", xgb.train({"objective": "rank:pairwise", "max_depth": 3, "nthread": 1}, ranked, 5))

codes = rng.integers(0, 70, size=400)
mixed = np.column_stack([full[:, 0], codes]).astype(np.float32)
odd = mixed[:30].copy()
odd[:8, 1] = [69, 70, 200, 1000, 5.9, 0.5, np.nan, 31]
categories = {"feature_types": ["float", "c"], "enable_categorical": True}
matrix = xgb.DMatrix(mixed, (codes % 3 == 0).astype(float), **categories)
for name, one_hot in (("categories", 1), ("categories-onehot", 100)):
    parameters = {"objective": "binary:logistic", "tree_method": "hist", "max_cat_to_onehot": one_hot, "max_depth": 4, "nthread": 1}
    save(name, xgb.train(parameters, matrix, 6), formats=("json", "ubj"), rows=odd, **categories)

booster = xgb.train({"objective": "binary:logistic", "max_depth": 6, "eta": 1, "nthread": 1}, xgb.DMatrix(X[:200], labels["binary"][:200]), 30,
                    evals=[(xgb.DMatrix(X[200:], labels["binary"][200:]), "test")], early_stopping_rounds=3, verbose_eval=False)
save("earlystop-booster", booster)
