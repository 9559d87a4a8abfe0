"""Writes a fitted estimator of scikit-learn as JSON, for `dsapi model import`.

    $ python dsapi_export.py model.pkl model.json

or, where the estimator is at hand:

    from dsapi_export import export
    export(model, "model.json", rows=X)

The file has the fitted numbers of each step, and rows with the answers that they get here. The import computes the same rows, and
refuses a model that would answer otherwise. Rows are made up of what the steps know of their columns; `rows` adds some of your own.

A file of pickle or joblib runs code when it is loaded. Load only your own.

It needs Python 3.9, scikit-learn 1.0 or newer, NumPy, and pandas if the estimator was fitted on a DataFrame.
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.preprocessing import OrdinalEncoder

REGRESSORS = (
    "LinearRegression Ridge RidgeCV Lasso LassoCV LassoLars LassoLarsCV LassoLarsIC Lars LarsCV ElasticNet ElasticNetCV BayesianRidge "
    "ARDRegression HuberRegressor TheilSenRegressor OrthogonalMatchingPursuit OrthogonalMatchingPursuitCV QuantileRegressor "
    "SGDRegressor PassiveAggressiveRegressor LinearSVR"
).split()
CLASSIFIERS = "LogisticRegression LogisticRegressionCV SGDClassifier LinearDiscriminantAnalysis".split()
WITHOUT_PROBABILITIES = (
    "LinearSVC RidgeClassifier RidgeClassifierCV Perceptron PassiveAggressiveClassifier SGDClassifier".split()
)
OTHERWISE = "Convert it with skl2onnx and add the .onnx file, or serve it in your own Python: dsapi model add --python"


class CannotExport(ValueError):
    """The estimator has something that dsapi does not compute; the message says what, and what to do."""


class Column:
    """What is known of a column of the table that the estimator was fitted on."""

    def __init__(self, name):
        self.name = name
        self.kind = "number"
        self.values = []  # Its categories.
        self.center, self.spread = 0.0, 1.0
        self.missing = np.nan
        self.is_filled = False  # By an imputer.


def export(estimator, path="model.json", rows=None):
    """Writes a fitted estimator; `rows` are some of the table that it was fitted on, without the label."""
    document = describe(estimator, rows)
    try:
        text = json.dumps(document, allow_nan=False)
    except ValueError:
        raise CannotExport("A fitted number or an answer is not finite. Fit it to a table in which each column has values") from None
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return document


def describe(estimator, rows=None):
    estimator = getattr(estimator, "best_estimator_", estimator)  # Of a search, what it found.
    steps = list(estimator.steps) if class_of(estimator) == "Pipeline" else [("model", estimator)]
    columns, has_names = input_columns([step for _, step in steps])
    nodes, _ = step_nodes(steps[:-1], columns)
    model, answer = model_node(steps[-1][1], estimator)
    model["name"] = steps[-1][0]
    check = check_rows(columns, answer, has_names, rows)
    return {
        "format": "dsapi-scikit-learn",
        "formatVersion": 1,
        "scikitLearn": sklearn.__version__,
        "columns": [
            {"name": column.name, "kind": "text" if column.kind == "text" else "number", "isBoolean": column.kind == "boolean"}
            for column in columns
        ],
        "steps": nodes,
        "model": model,
        "check": check,
    }


def class_of(estimator):
    """The name of a class of scikit-learn; of any other, with its module, so that it is none of those."""
    kind = type(estimator)
    module = kind.__module__
    return kind.__name__ if module.split(".")[0] == "sklearn" else f"{module}.{kind.__name__}"


def is_identity(step):
    if class_of(step) == "Pipeline":
        return all(is_identity(inner) for _, inner in step.steps)
    return step is None or isinstance(step, str) and step == "passthrough" or class_of(step) == "FunctionTransformer" and step.func is None


def input_columns(steps):
    """The columns of the table, and whether it had names for them."""
    first = next((step for step in steps if not is_identity(step)), None)
    names, count = getattr(first, "feature_names_in_", None), getattr(first, "n_features_in_", None)
    if count is None:
        raise CannotExport(f"{class_of(first)} is not fitted, or is no estimator of scikit-learn. {OTHERWISE}")
    return [Column(f"x{j}" if names is None else str(names[j])) for j in range(count)], names is not None


def step_nodes(steps, columns):
    nodes = []
    for name, step in steps:
        if is_identity(step):
            continue
        node, columns = transformer_node(step, columns)
        nodes.append({"name": name, "step": node})
    return nodes, columns


def transformer_node(step, columns):
    """The fitted numbers of a transformer, and for each column that it gives, the column of the table if it still has its values."""
    name = class_of(step)
    if name == "Pipeline":
        nodes, outputs = step_nodes(step.steps, columns)
        return {"class": "Pipeline", "steps": nodes}, outputs
    if name == "ColumnTransformer":
        return column_transformer_node(step, columns)
    if name == "SimpleImputer":
        return imputer_node(step, columns)
    if name == "OneHotEncoder":
        return one_hot_node(step, columns), [None] * len(step.get_feature_names_out())
    if name == "OrdinalEncoder":
        return ordinal_node(step, columns), [None] * len(columns)
    mean, scale = (np.broadcast_to(part, len(columns)) for part in affine(step, name))
    for column, center, spread in zip(columns, mean, scale):
        if column is not None:
            column.center, column.spread = float(center), float(spread)
    return {"class": "StandardScaler", "mean": mean.tolist(), "scale": scale.tolist()}, [None] * len(columns)


def affine(step, name):
    """What a scaler subtracts, and what it divides by."""
    if name == "StandardScaler":
        return step.mean_ if step.with_mean else 0.0, step.scale_ if step.with_std else 1.0
    if name == "MinMaxScaler" and not step.clip:
        return -step.min_ / step.scale_, 1 / step.scale_
    if name == "MaxAbsScaler":
        return 0.0, step.scale_
    if name == "RobustScaler":
        return step.center_ if step.with_centering else 0.0, step.scale_ if step.with_scaling else 1.0
    what = "MinMaxScaler(clip=True)" if name == "MinMaxScaler" else name
    raise CannotExport(f"{what} is a step that dsapi does not compute. {OTHERWISE}")


def column_transformer_node(step, columns):
    if step.transformer_weights:
        raise CannotExport(f"ColumnTransformer has transformer_weights, which dsapi does not compute. {OTHERWISE}")
    parts, outputs = [], []
    for name, transformer, _ in step.transformers_:
        indices = [int(index) for index in step._transformer_to_input_indices[name]]
        if isinstance(transformer, str) and transformer == "drop" or len(indices) == 0:
            continue
        node, own = "passthrough", [columns[index] for index in indices]
        if not is_identity(transformer):
            node, own = transformer_node(transformer, own)
        parts.append({"name": name, "transformer": node, "columns": indices})
        outputs += own
    return {"class": "ColumnTransformer", "transformers": parts}, outputs


def imputer_node(step, columns):
    if not is_missing(step.missing_values):
        raise CannotExport(
            f"SimpleImputer(missing_values={step.missing_values!r}) fills a value that is not missing, which dsapi does not do. "
            "Replace the value by NaN before the fit"
        )
    fills = [plain(value) for value in step.statistics_]
    indicated = step.indicator_.features_.tolist() if step.add_indicator else []
    for column, fill in zip(columns, fills):
        if column is None:
            continue
        column.missing, column.is_filled = step.missing_values, True
        if isinstance(fill, str):
            column.kind = "text"
            column.values = column.values or [fill]
        elif fill is not None:
            column.center = float(fill)
    strategies = ["mean", "median", "most_frequent", "constant"]
    node = {
        "class": "SimpleImputer",
        "strategy": step.strategy if step.strategy in strategies else "constant",
        "fill": fills,
        "indicated": indicated,
    }
    kept = [column for column, fill in zip(columns, fills) if fill is not None]
    return node, kept + [None] * len(indicated)


def one_hot_node(step, columns):
    infrequent = getattr(step, "infrequent_categories_", None) or [None] * len(columns)
    # Counted among the columns of the result, in which infrequent categories share the last; drop_idx_ itself is that before 1.3.
    dropped = getattr(step, "_drop_idx_after_grouping", step.drop_idx_)
    return {
        "class": "OneHotEncoder",
        "handleUnknown": "infrequent_if_exist" if step.handle_unknown == "warn" else step.handle_unknown,
        "categories": category_lists(step, columns),
        "infrequent": [
            [] if rare is None else [k for k, value in enumerate(known) if any(is_same(value, one) for one in rare)]
            for known, rare in zip(step.categories_, infrequent)
        ],
        "dropped": [None] * len(columns) if dropped is None else [plain(index) for index in dropped],
    }


def ordinal_node(step, columns):
    if any(rare is not None for rare in getattr(step, "infrequent_categories_", None) or []):
        raise CannotExport(f"OrdinalEncoder has infrequent categories, which dsapi does not compute. {OTHERWISE}")
    return {
        "class": "OrdinalEncoder",
        "handleUnknown": step.handle_unknown,
        "unknownValue": plain(step.unknown_value),
        "encodedMissingValue": plain(getattr(step, "encoded_missing_value", np.nan)),
        "categories": category_lists(step, columns),
    }


def category_lists(step, columns):
    lists = []
    for column, known in zip(columns, step.categories_):
        values = [plain(value) for value in known]
        kinds = {"text" if isinstance(v, str) else type(v).__name__ for v in values if v is not None}
        kinds = {"number" if kind in ("int", "float") else kind for kind in kinds}
        if len(kinds) > 1 or values.count(None) > 1:
            where = "a column" if column is None else f"column {column.name!r}"
            raise CannotExport(f"{where} has categories of different types. Make them all text before the fit: astype(str)")
        has_none = any(value is None for value in known)
        if has_none and (isinstance(step, OrdinalEncoder) or (column is not None and column.is_filled)):
            raise CannotExport(
                f"{class_of(step)} has the category None, which scikit-learn does not take for a missing value there, and dsapi does. "
                "Replace None by NaN before the fit: X = X.fillna(value=np.nan)"
            )
        if column is not None and (not column.values or column.kind == "text"):
            column.kind = {"bool": "boolean"}.get(*kinds, *kinds) if kinds else "number"
            column.values = [value for value in known if not is_missing(value)]
            column.missing = next((value for value in known if is_missing(value)), column.missing)
        lists.append([int(value) if isinstance(value, bool) else value for value in values])
    return lists


def model_node(model, estimator):
    """The weights of a model, and what answers to rows."""
    name = class_of(model)
    if name == "OneVsRestClassifier":
        return one_vs_rest_node(model, estimator)
    if name in REGRESSORS:
        coef, intercept = np.atleast_2d(model.coef_), np.ravel(model.intercept_)
        if len(coef) > 1:
            raise CannotExport(f"{name} predicts {len(coef)} values, and dsapi one. Fit a model for each value")
        node = {"type": "regressor", "coef": coef[0].tolist(), "intercept": float(intercept[0])}
        return node, lambda X: np.reshape(estimator.predict(X), (-1, 1))
    if getattr(model, "loss", None) == "modified_huber":
        raise CannotExport(f"{name} with loss='modified_huber' makes probabilities in a way of its own. {OTHERWISE}")
    if name in CLASSIFIERS and hasattr(model, "predict_proba"):
        return classifier_node(model, model.coef_, model.intercept_, getattr(model, "multi_class", None)), estimator.predict_proba
    if name in WITHOUT_PROBABILITIES and not hasattr(model, "predict_proba"):
        return decision_node(model, name, estimator)
    raise CannotExport(f"{name} is no linear model that dsapi computes. {OTHERWISE}")


def classifier_node(model, coef, intercept, multi_class):
    return {
        "type": "classifier",
        "estimator": class_of(model),
        "classes": [plain(label) for label in model.classes_],
        "coef": np.asarray(coef).tolist(),
        "intercept": np.ravel(intercept).tolist(),
        "multi_class": multi_class,
        "solver": getattr(model, "solver", None),
    }


def one_vs_rest_node(model, estimator):
    single = model.estimators_
    if model.multilabel_:
        raise CannotExport(f"OneVsRestClassifier gives a row several labels, and dsapi one. {OTHERWISE}")
    if any(class_of(one) not in CLASSIFIERS + WITHOUT_PROBABILITIES for one in single):
        inner = sorted({class_of(one) for one in single})
        raise CannotExport(f"OneVsRestClassifier of {', '.join(inner)} is not computed by dsapi. {OTHERWISE}")
    coef = np.vstack([one.coef_ for one in single])
    intercept = np.concatenate([np.ravel(one.intercept_) for one in single])
    if all(hasattr(one, "predict_proba") for one in single):
        return classifier_node(model, coef, intercept, "ovr"), estimator.predict_proba
    return decision_node(model, f"OneVsRestClassifier of {class_of(single[0])}", estimator, coef, intercept)


def decision_node(model, name, estimator, coef=None, intercept=None):
    if len(model.classes_) > 2:
        raise CannotExport(
            f"{name} has no probabilities, and dsapi answers with those of {len(model.classes_)} classes. Fit a LogisticRegression; or "
            "serve it in your own Python: dsapi model add --python"
        )
    weights = np.ravel(model.coef_ if coef is None else coef)
    number = np.ravel(model.intercept_ if intercept is None else intercept)
    node = {
        "type": "decision",
        "estimator": name,
        "classes": [plain(label) for label in model.classes_],
        "coef": weights.tolist(),
        "intercept": float(number[0]),
    }
    return node, lambda X: np.reshape(estimator.decision_function(X), (-1, 1))


def check_rows(columns, answer, has_names, given):
    """Rows, and what they are answered: some usual ones, then some with a value that is missing or not known."""
    random = np.random.RandomState(0)
    own = given_rows(columns, given)  # They show which columns are booleans.
    usual = [[usual_value(column, i, random) for column in columns] for i in range(20)]
    rows, answers = usual + own, []
    try:
        answers = ask(answer, table(columns, rows, has_names))
    except Exception as error:
        raise CannotExport(f"The estimator has no answer to rows that were made up: {error}. Pass rows=X, some of your own") from error
    for j, column in list(enumerate(columns))[:20]:
        for value in [column.missing] + (["a text that no row had"] if column.kind == "text" else []):
            row = [value if k == j else cell for k, cell in enumerate(usual[j])]
            try:
                answers += ask(answer, table(columns, [row], has_names))
            except Exception:
                continue  # It is refused, here as well as there.
            rows.append(row)
    return {"rows": [[cell_of(cell) for cell in row] for row in rows], "answers": answers}


def cell_of(value):
    try:
        return plain(value)
    except CannotExport:
        return None  # Of a column that no step takes, such as a date.


def usual_value(column, i, random):
    if column.values:
        return column.values[i % len(column.values)]
    if column.kind == "boolean":
        return bool(i % 2)
    return column.center + column.spread * random.standard_normal()


def given_rows(columns, given):
    if given is None:
        return []
    some = given[:: len(given) // 20 + 1]
    cells = some.to_numpy(dtype=object) if hasattr(some, "to_numpy") else np.asarray(some, dtype=object)
    if cells.ndim != 2 or cells.shape[1] != len(columns):
        raise CannotExport(f"rows has other columns than the table of the fit, which has {len(columns)}")
    for column, values in zip(columns, cells.T):
        if column.kind == "number" and all(isinstance(value, (bool, np.bool_)) for value in values):
            column.kind = "boolean"
        if column.kind == "number" and not all(isinstance(value, (int, float, np.number)) or is_missing(value) for value in values):
            column.kind, column.values = "text", list(values)  # No step takes it.
    return [list(row) for row in cells]


def table(columns, rows, has_names):
    if not has_names:
        has_text = any(column.kind == "text" for column in columns)
        return np.array(rows, dtype=object if has_text else float)
    import pandas

    data = {}
    for column, values in zip(columns, zip(*rows)):
        whole = column.kind == "boolean" and not any(map(is_missing, values))
        data[column.name] = pandas.Series(list(values), dtype=float if column.kind == "number" else bool if whole else object)
    return pandas.DataFrame(data)


def ask(answer, X):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(answer(X), dtype=float).tolist()


def is_missing(value):
    return value is None or type(value).__name__ == "NAType" or (isinstance(value, (float, np.floating)) and bool(np.isnan(value)))


def is_same(a, b):
    return (is_missing(a) and is_missing(b)) or a == b


def plain(value):
    """A value as JSON has it; None for a missing one."""
    if is_missing(value):
        return None
    value = value.item() if isinstance(value, np.generic) else value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53:
        raise CannotExport(f"{value} has more digits than JSON keeps. Make it text before the fit: astype(str)")
    if isinstance(value, (str, bool, int, float)):
        return value
    raise CannotExport(f"{value!r} is neither a number nor text. Make it one of them before the fit")


def main(arguments):
    if len(arguments) not in (1, 2):
        sys.exit("usage: python dsapi_export.py model.pkl [model.json]")
    import joblib

    path = arguments[1] if len(arguments) == 2 else "model.json"
    try:
        document = export(joblib.load(arguments[0]), path)
    except CannotExport as error:
        sys.exit(str(error))
    print(f"Wrote {path}: {len(document['columns'])} columns, and {len(document['check']['rows'])} rows with their answers.")


if __name__ == "__main__":
    main(sys.argv[1:])
