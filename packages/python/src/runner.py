"""Computes with a Python model for dsapi, which starts this file as a child process.

Requests come on descriptor 3, and answers go to descriptor 4. Standard output and error are the model's own: dsapi
writes what comes there to its log. A frame is the length of its head (u32, little endian), the head (JSON, UTF-8),
zeros up to a multiple of 8 bytes, and as many bytes of float64 numbers as the head says in "bytes".

It needs Python 3.8 or newer, and numpy.
"""

import importlib
import json
import os
import pickle
import select
import signal
import struct
import sys
import threading
import traceback

PROTOCOL = 1
REQUESTS, ANSWERS = 3, 4
BUFFERED = 65536  # Bytes: most frames come and go in one read and one write.

# Of these, `predict` gives the most probable class. All others are asked for their class too: a support vector machine,
# or a classifier with another threshold, may predict a class that is not the most probable.
PREDICT_MOST_PROBABLE = {
    "LogisticRegression", "LogisticRegressionCV", "DecisionTreeClassifier", "ExtraTreeClassifier",
    "RandomForestClassifier", "ExtraTreesClassifier", "GradientBoostingClassifier", "HistGradientBoostingClassifier",
    "BaggingClassifier", "MLPClassifier", "GaussianNB", "MultinomialNB", "BernoulliNB", "CategoricalNB",
    "LinearDiscriminantAnalysis", "QuadraticDiscriminantAnalysis",
}


class Refused(Exception):
    """The model cannot be served. The message says why, and what to do."""


# Frames

def read_exactly(stream, length):
    data = stream.read(length)
    if len(data) < length:
        sys.exit(0)  # dsapi has closed the descriptor, or has ended.
    return data


def read_frame(stream):
    (length,) = struct.unpack("<I", read_exactly(stream, 4))
    head = json.loads(read_exactly(stream, length))
    read_exactly(stream, -(4 + length) % 8)
    return head, read_exactly(stream, head["bytes"])


def write_frame(stream, head, *blocks):
    payload = b"".join(block.tobytes() for block in blocks)
    text = json.dumps({**head, "bytes": len(payload)}).encode()
    stream.write(struct.pack("<I", len(text)) + text + bytes(-(4 + len(text)) % 8) + payload)
    stream.flush()


# The model

def load_model(name):
    """An object from `module:attribute`, or from a file of joblib or pickle."""
    if name.endswith((".pkl", ".pickle", ".joblib")):
        return load_file(name)
    module_name, _, attribute = name.partition(":")
    try:
        found = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not (module_name + ".").startswith(error.name + "."):
            raise Refused(f"{module_name} imports {error.name}, which {sys.executable} does not have") from error
        raise Refused(f"{sys.executable} finds no module {module_name}, neither in {sys.path[0]} nor among what is installed. Name its folder as the directory") from error
    for part in attribute.split("."):
        if not hasattr(found, part):
            raise Refused(f"{module_name} has no attribute {attribute}")
        found = getattr(found, part)
    return found


def load_file(path):
    if not os.path.exists(path):
        raise Refused(f"There is no file {path}")
    try:
        try:
            import joblib
        except ImportError:
            with open(path, "rb") as file:
                return pickle.load(file)
        return joblib.load(path)
    except ModuleNotFoundError as error:
        raise Refused(f"{path} needs the module {error.name}, which {sys.executable} does not have") from error
    except AttributeError as error:
        raise Refused(
            f"{path} needs code that is not there: {error}. Put it into a module, name the folder of the module as the "
            "directory, and write the file anew"
        ) from error


def last_step(model):
    """What predicts in the end: the last step of a pipeline, the best estimator of a search."""
    while True:
        if hasattr(model, "steps"):
            model = model.steps[-1][1]
        elif hasattr(model, "best_estimator_"):
            model = model.best_estimator_
        else:
            return model


def columns_of_text(model):
    """The columns that encoders of a ColumnTransformer were fitted to as text."""
    while hasattr(model, "best_estimator_") or hasattr(model, "steps"):
        model = model.best_estimator_ if hasattr(model, "best_estimator_") else model.steps[0][1]
    for _, transformer, columns in getattr(model, "transformers_", []):
        names = [columns] if isinstance(columns, str) else list(columns) if isinstance(columns, (list, tuple)) else []
        steps = [step for _, step in transformer.steps] if hasattr(transformer, "steps") else [transformer]
        for step in steps:
            if hasattr(step, "vocabulary_"):
                yield from names
            for name, categories in zip(names, getattr(step, "categories_", [])):
                if categories.dtype.kind in "OUS":
                    yield name


def takes_missing(model):
    """Whether scikit-learn says that the first step of an estimator takes NaN."""
    while hasattr(model, "best_estimator_") or hasattr(model, "steps"):
        model = model.best_estimator_ if hasattr(model, "best_estimator_") else model.steps[0][1]
    try:
        if hasattr(model, "__sklearn_tags__"):
            return bool(model.__sklearn_tags__().input_tags.allow_nan)
        return bool(model._get_tags()["allow_nan"])
    except Exception:
        return False


class Model:
    """What was loaded, with its features and its output, and how it is asked."""

    def __init__(self, loaded, options, module):
        self.numpy = importlib.import_module("numpy")
        self.loaded = loaded
        self.is_estimator = hasattr(loaded, "predict")
        if not self.is_estimator and not callable(loaded):
            raise Refused(f"It is a {type(loaded).__name__}, which has no method predict and cannot be called")
        self.options = options
        self.module = module
        self.names = [str(name) for name in getattr(loaded, "feature_names_in_", [])]
        self.pandas = self.find_pandas() if self.is_estimator and self.names else None
        self.features = self.find_features()
        self.is_text = [feature["type"] == "text" for feature in self.features]
        self.classes = self.find_classes()
        self.outputs = None if self.classes else self.find_outputs()
        last = last_step(loaded)
        self.asks_class = self.is_estimator and type(last).__name__ not in PREDICT_MOST_PROBABLE

    def declared(self, name):
        """What the options, the object or its module say."""
        for source in (self.options.get(name), getattr(self.loaded, name, None), getattr(self.module, name, None)):
            if isinstance(source, (list, tuple)):
                return list(source)
        return None

    def find_pandas(self):
        try:
            return importlib.import_module("pandas")
        except ImportError:
            return None

    def find_features(self):
        declared = self.declared("features") or self.names or self.numbered()
        text = set(columns_of_text(self.loaded)) if self.is_estimator else set()
        nullable = takes_missing(self.loaded) if self.is_estimator else False
        types = self.options.get("types") or {}
        features = []
        for place, feature in enumerate(declared):
            feature = dict(feature) if isinstance(feature, dict) else {"name": str(feature)}
            fitted = self.names[place] if place < len(self.names) else feature["name"]
            feature.setdefault("type", "text" if fitted in text else "number")
            feature.setdefault("nullable", nullable)
            feature["type"] = types.get(feature["name"], feature["type"])
            features.append(feature)
        width = getattr(self.loaded, "n_features_in_", None)
        if width is not None and width != len(features):
            raise Refused(f"It was fitted to {width} features, and {len(features)} are named")
        return features

    def numbered(self):
        width = getattr(self.loaded, "n_features_in_", None)
        if width is None:
            raise Refused(
                'The names of the features are not known. Set features = ["a", "b"] in the module, or name them as an option'
            )
        return [f"x{place}" for place in range(width)]

    def find_classes(self):
        fitted = getattr(self.loaded, "classes_", None) if self.is_estimator else None
        if fitted is not None and not hasattr(self.loaded, "predict_proba"):
            raise Refused(
                f"{type(last_step(self.loaded)).__name__} predicts classes without probabilities. Wrap it in "
                "sklearn.calibration.CalibratedClassifierCV, or fit it with probability=True"
            )
        if fitted is None:
            return self.declared("classes")
        if isinstance(fitted, list):
            raise Refused("It predicts several classes for each row, which is not served")
        self.fitted_classes = list(fitted)
        named = self.options.get("classes")
        if named is not None and len(named) != len(fitted):
            raise Refused(f"It was fitted to {len(fitted)} classes, and {len(named)} are named")
        return named or [label_of(label) for label in fitted]

    def find_outputs(self):
        declared = self.declared("outputs")
        if declared:
            return [str(name) for name in declared]
        last = last_step(self.loaded)
        coefficients = getattr(last, "coef_", None)
        width = getattr(last, "n_outputs_", None) or (
            coefficients.shape[0] if self.is_estimator and getattr(coefficients, "ndim", 1) == 2 else 1
        )
        return ["value"] if width == 1 else [f"value_{place}" for place in range(width)]

    def hello(self):
        output = {"type": "classes", "classes": self.classes} if self.classes else {"type": "values", "names": self.outputs}
        modules = {"scikit-learn": "sklearn", "numpy": "numpy", "xgboost": "xgboost", "lightgbm": "lightgbm"}
        versions = {
            name: getattr(sys.modules[module], "__version__", "?")
            for name, module in modules.items()
            if module in sys.modules
        }
        return {
            "op": "hello",
            "protocol": PROTOCOL,
            "features": self.features,
            "output": output,
            "versions": {"Python": sys.version.split()[0], **versions},
        }

    def rows_for(self, rows, numbers, texts):
        """The rows as the model takes them."""
        np = self.numpy
        width = len(self.is_text) - sum(self.is_text)
        table = np.frombuffer(numbers, dtype="<f8").reshape(rows, width)
        if not any(self.is_text):
            table = table.copy()  # The model may write to it.
            # One block for all columns: a frame of many columns takes longer to make than most models to compute.
            return table if self.pandas is None else self.pandas.DataFrame(table, columns=self.names)
        number, text = iter(range(width)), iter(texts)
        missing = None if self.pandas is None else np.nan
        columns = {}
        for place, (feature, is_text) in enumerate(zip(self.features, self.is_text)):
            name = self.names[place] if self.names else feature["name"]
            if is_text:
                columns[name] = np.array([missing if value is None else value for value in next(text)], dtype=object)
            else:
                columns[name] = table[:, next(number)].copy()
        if self.pandas is not None:
            return self.pandas.DataFrame(columns)
        if not self.is_estimator:
            return columns
        return np.column_stack([column.astype(object) for column in columns.values()])

    def predict(self, rows, numbers, texts):
        """The numbers of each row; and, where it is asked for, the place of the class of each row."""
        asked = self.rows_for(rows, numbers, texts)
        if not self.is_estimator:
            return self.checked(self.loaded(asked), rows), None
        if not self.classes:
            return self.checked(self.loaded.predict(asked), rows), None
        probabilities = self.checked(self.loaded.predict_proba(asked), rows)
        if not self.asks_class:
            return probabilities, None
        places = {label: place for place, label in enumerate(self.fitted_classes)}
        return probabilities, self.numpy.array([places[label] for label in self.loaded.predict(asked)], dtype="<f8")

    def checked(self, answer, rows):
        np = self.numpy
        numbers = np.ascontiguousarray(np.asarray(answer), dtype="<f8")
        width = len(self.classes or self.outputs)
        if numbers.shape == (rows,) and width == 1:
            return numbers
        if numbers.shape != (rows, width):
            expected = "a probability for each class" if self.classes else "a number for each output"
            raise ValueError(f"The model answered with the shape {numbers.shape}; expected ({rows}, {width}): {expected}")
        return numbers


def label_of(label):
    """A class as JSON has it: a number or a text."""
    value = label.item() if hasattr(label, "item") else label
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


# The life of this process

def end_with_parent():
    """Ends this process together with dsapi, also while it computes."""
    poll = select.poll()
    poll.register(REQUESTS, 0)
    poll.poll()  # With no event named, it returns when the other side has closed.
    os._exit(0)


def load(head):
    directory = head["directory"]
    # In place of the folder of this file, which is none of the model's business.
    sys.path[0] = directory
    try:
        import numpy  # noqa: F401
    except ImportError as error:
        raise Refused(f"{sys.executable} has no numpy: {sys.executable} -m pip install numpy") from error
    name = head["callable"]
    loaded = load_model(name)
    return Model(loaded, head["options"], sys.modules.get(name.partition(":")[0]))


def main():
    for descriptor in (REQUESTS, ANSWERS):
        os.set_inheritable(descriptor, False)
    requests, answers = os.fdopen(REQUESTS, "rb", BUFFERED), os.fdopen(ANSWERS, "wb", BUFFERED)
    threading.Thread(target=end_with_parent, daemon=True).start()
    # A terminal and systemd send these to all processes. dsapi ends this one after the last request.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)

    head, _ = read_frame(requests)
    try:
        model = load(head)
        hello = model.hello()
    except BaseException as error:
        if not isinstance(error, Refused):
            traceback.print_exc()
        write_frame(answers, {"op": "error", "message": describe(error)})
        return
    write_frame(answers, hello)
    while True:
        head, numbers = read_frame(requests)
        try:
            values, places = model.predict(head["rows"], numbers, head["texts"])
        except BaseException as error:
            traceback.print_exc()
            write_frame(answers, {"op": "error", "message": describe(error)})
            continue
        blocks = (values,) if places is None else (values, places)
        write_frame(answers, {"op": "answer", "rows": head["rows"], "places": places is not None}, *blocks)


def describe(error):
    return str(error) if isinstance(error, Refused) else f"{type(error).__name__}: {error}"


main()
