"""Draws random tables and transformers, and prints what scikit-learn makes of them, as one JSON object.

Usage: preprocessing-cases.py SEED COUNT. Missing values are null. A transformer is written as ["its name", its keyword
arguments], with steps as ["Pipeline", steps] and ["ColumnTransformer", parts, its keyword arguments].
"""
import json, sys, warnings

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

warnings.simplefilter("ignore")
seed, count = int(sys.argv[1]), int(sys.argv[2])
random = np.random.RandomState(seed)
pick = lambda values: values[random.randint(len(values))]
words = ["a", "b", "B", "blue", "é", "Z", "", "\U0001f600", "\ue000", "ab c", "10", "9"]


def draw_column(kind, n, missing, levels):
    if kind == "text":
        values = [words[k] for k in random.randint(0, levels, n)]
    elif kind == "whole":
        values = [int(v) for v in random.randint(-2, levels, n)]
    else:
        scale = pick([1, 1e-5, 1e6, 1e17])
        values = [float(v) for v in np.round(random.randn(n), 1) * scale + 0.0]
    return [None if random.rand() < missing else value for value in values]


def to_frame(table):
    def column(kind, values):
        if kind == "text":
            return pd.Series([np.nan if v is None else v for v in values], dtype=object)
        # Whole numbers without missing ones are of type int, as pandas reads them from a file.
        is_whole = all(v is not None and v == int(v) and abs(v) < 2**53 for v in values)
        if not is_whole:
            return pd.Series([np.nan if v is None else v for v in values], dtype=float)
        return pd.Series(values, dtype=int)

    return pd.DataFrame({c["name"]: column(c["kind"], c["values"]) for c in table})


def draw_tables(kinds, can_be_missing=True):
    n = int(random.randint(1, 40))
    levels = int(random.randint(1, 10))
    train, test = [], []
    for j, kind in enumerate(kinds):
        missing = pick([0, 0, 0.2, 0.5]) if can_be_missing else 0
        train.append({"name": f"c{j}", "kind": kind, "values": draw_column(kind, n, missing, levels)})
        beyond = levels + pick([0, 0, 2])
        test.append({"name": f"c{j}", "kind": kind, "values": draw_column(kind, 15, missing, beyond)})
    return train, test


def draw_kinds(kinds):
    return [pick(kinds) for _ in range(random.randint(1, 4))]


def draw_imputer(numeric):
    strategy = pick(["mean", "median", "most_frequent", "constant"] if numeric else ["most_frequent", "constant"])
    kwargs = {"strategy": strategy, "add_indicator": bool(random.rand() < 0.5)}
    if strategy == "constant":
        kwargs["fill_value"] = pick([-7, 3]) if numeric else pick(["none", "b"])
    return ["SimpleImputer", kwargs]


def draw_one_hot():
    kwargs = {"handle_unknown": pick(["error", "ignore", "infrequent_if_exist"]), "drop": pick([None, "first", "if_binary"])}
    kwargs["min_frequency"] = pick([None, None, 2, 4, 0.1, 0.4])
    kwargs["max_categories"] = pick([None, None, 2, 3, 5])
    return ["OneHotEncoder", kwargs]


def draw_ordinal():
    if random.rand() < 0.5:
        return ["OrdinalEncoder", {}]
    kwargs = {"handle_unknown": "use_encoded_value", "unknown_value": pick([-1, 100])}
    return ["OrdinalEncoder", {**kwargs, "encoded_missing_value": pick([-2, -1])}]


def draw_scaler():
    return ["StandardScaler", {"with_mean": bool(random.rand() < 0.7), "with_std": bool(random.rand() < 0.7)}]


def draw_columns(kinds):
    texts = [f"c{j}" for j, kind in enumerate(kinds) if kind == "text"]
    numbers = [f"c{j}" for j, kind in enumerate(kinds) if kind != "text"]
    scaled = ["Pipeline", [["impute", draw_imputer(True)], ["scale", draw_scaler()]]]
    filled = ["Pipeline", [["impute", draw_imputer(False)], ["encode", draw_one_hot()]]]
    filled[1][0][1][1]["add_indicator"] = False  # An encoder would call its values True and False.
    parts = [["num", pick([scaled, draw_scaler(), "passthrough"]), numbers[:2]]]
    parts.append(["cat", pick([filled, draw_one_hot(), draw_ordinal()]), texts])
    random.shuffle(parts)
    remainder = pick(["drop", "passthrough"])
    return ["ColumnTransformer", parts, {"remainder": remainder, "verbose_feature_names_out": bool(random.rand() < 0.5)}]


def draw_case():
    drawn = pick(["imputer", "texts", "one-hot", "ordinal", "scaler", "columns", "columns"])
    if drawn == "columns":
        kinds = draw_kinds(["whole", "float", "text", "text"])
        return draw_columns(kinds), kinds
    if drawn == "imputer":
        return draw_imputer(True), draw_kinds(["whole", "float"])
    if drawn == "texts":
        return draw_imputer(False), draw_kinds(["text"])
    if drawn == "scaler":
        return draw_scaler(), draw_kinds(["whole", "float"])
    return (draw_one_hot() if drawn == "one-hot" else draw_ordinal()), draw_kinds(["whole", "float", "text", "text"])


known = {"SimpleImputer": SimpleImputer, "OneHotEncoder": OneHotEncoder, "OrdinalEncoder": OrdinalEncoder, "StandardScaler": StandardScaler}


def build(spec):
    if isinstance(spec, str):
        return spec
    if spec[0] == "Pipeline":
        return Pipeline([(name, build(step)) for name, step in spec[1]])
    if spec[0] == "ColumnTransformer":
        return ColumnTransformer([(name, build(step), columns) for name, step, columns in spec[1]], **spec[2], sparse_threshold=0)
    kwargs = dict(spec[1])
    if spec[0] == "OneHotEncoder":
        kwargs["sparse_output"] = False
    return known[spec[0]](**kwargs)


def as_json(value):
    if isinstance(value, str):
        return value
    return None if value is None or np.isnan(value) else float(value)


def result_of(call):
    try:
        return call()
    except (ValueError, TypeError) as error:
        return {"error": str(error)}


def run(spec, kinds):
    train, test = draw_tables(kinds)
    for column in train:
        # Python makes NaN of a column without values, which is refused here.
        if "StandardScaler" in json.dumps(spec) and not any(v is not None for v in column["values"]):
            column["values"][0] = "a" if column["kind"] == "text" else 1
    case = {"transformer": spec, "train": train, "test": test}
    fitted = result_of(lambda: build(spec).fit(to_frame(train)))
    if isinstance(fitted, dict):
        return {**case, **fitted}
    names = result_of(lambda: list(fitted.get_feature_names_out()))
    if isinstance(names, dict):
        return {**case, **names}
    rows = lambda table: [[as_json(v) for v in row] for row in np.asarray(fitted.transform(to_frame(table)))]
    return {**case, "names": names, "fitted": result_of(lambda: rows(train)), "answers": result_of(lambda: rows(test))}


print(json.dumps({"cases": [run(*draw_case()) for _ in range(count)]}, ensure_ascii=False))
