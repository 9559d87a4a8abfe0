"""Asks a dsapi with tritonclient, one step for each line of the input: the step's name. Prints what the client has understood.

    PYTHONPATH=FOLDER/src/python/library /usr/bin/python3 tritonclient_steps.py HOST:PORT KEY
"""

import json
import sys

import numpy as np
import tritonclient.http as triton
from tritonclient.http.auth import BasicAuth

from steps import many, outputs_of, rows_of, run_steps

url, key = sys.argv[1:3]
client = triton.InferenceServerClient(url)


def headers():
    # Anew for each request: the client writes into what it is given.
    return {"X-API-Key": key}


def tensor(rows, datatype="FP64", binary=True, name="input"):
    array = np.array(rows, dtype=triton.triton_to_np_dtype(datatype))
    one = triton.InferInput(name, list(array.shape), datatype)
    one.set_data_from_numpy(array, binary_data=binary)
    return one


def infer(model, inputs, **options):
    return understood(client.infer(model, inputs, headers=headers(), **options))


def understood(result):
    names = [output["name"] for output in result.get_response()["outputs"]]
    return outputs_of({name: result.as_numpy(name) for name in names})


def output(name, binary=True, classes=0):
    return triton.InferRequestedOutput(name, binary_data=binary, class_count=classes)


def column(name, values, datatype):
    return tensor([[value] for value in values], datatype, name=name)


def asynchronous():
    inputs = [tensor(rows_of("risk"), "FP32")]
    asked = client.async_infer(
        "risk",
        inputs,
        headers=headers(),
        request_id="seven",
        priority=1,
        timeout=1000000,
        parameters={"tag": "a", "n": 3},
    )
    result = asked.get_result()
    assert result.get_response()["id"] == "seven"
    return understood(result)


def with_basic():
    own = triton.InferenceServerClient(url)
    own.register_plugin(BasicAuth("triton", key))
    return {"json": own.get_model_metadata("species")}


def json_text(outputs):
    return [output(name, binary=False) for name in outputs]


steps = {
    "live": lambda: {"ok": client.is_server_live()},
    "ready": lambda: {"ok": client.is_server_ready()},
    "model-ready": lambda: {"ok": client.is_model_ready("risk")},
    "version-ready": lambda: {"ok": client.is_model_ready("risk", "1")},
    "model-unready": lambda: {"ok": client.is_model_ready("nothing")},
    "server": lambda: {"json": client.get_server_metadata(headers=headers())},
    "model": lambda: {"json": client.get_model_metadata("species", "1", headers=headers())},
    "model-by-basic": with_basic,
    "index": lambda: {"json": client.get_model_repository_index(headers=headers())},
    "load": lambda: {"ok": client.load_model("risk", headers=headers()) is None},
    "unload": lambda: {"ok": client.unload_model("risk", headers=headers())},
    "binary-fp32": lambda: infer("risk", [tensor(rows_of("risk"), "FP32")]),
    "binary-fp64": lambda: infer("price", [tensor(rows_of("price"), "FP64")]),
    "binary-labels": lambda: infer("species", [tensor(rows_of("species"))]),
    "binary-columns": lambda: infer(
        "species", [column("width", [0, 2], "INT64"), column("length", [1, 0], "FP32")]
    ),
    "json": lambda: infer(
        "risk",
        [tensor(rows_of("risk"), "FP32", binary=False)],
        outputs=json_text(["predict", "predict_proba"]),
    ),
    "json-labels": lambda: infer(
        "species",
        [tensor(rows_of("species"), binary=False)],
        outputs=json_text(["predict_proba", "predict"]),
    ),
    "json-regression": lambda: infer(
        "price", [tensor(rows_of("price"), binary=False)], outputs=json_text(["predict"])
    ),
    "classification": lambda: infer(
        "species", [tensor(rows_of("species"))], outputs=[output("predict_proba", classes=2)]
    ),
    "classification-json": lambda: infer(
        "species",
        [tensor(rows_of("species"))],
        outputs=[output("predict_proba", binary=False, classes=9)],
    ),
    "gzip": lambda: infer(
        "price",
        [tensor(many("price"))],
        request_compression_algorithm="gzip",
        response_compression_algorithm="gzip",
    ),
    "deflate": lambda: infer(
        "price",
        [tensor(many("price"))],
        request_compression_algorithm="deflate",
        response_compression_algorithm="deflate",
    ),
    "missing-binary": lambda: infer("risk", [tensor(rows_of("risk", missing=True), "FP32")]),
    "missing-json": lambda: infer(
        "risk", [tensor(rows_of("risk", missing=True), "FP32", binary=False)]
    ),
    "asynchronous": asynchronous,
    "no-rows": lambda: infer("species", [tensor(np.empty((0, 2)))]),
    "unknown-model": lambda: infer("nothing", [tensor(rows_of("species"))]),
    "unknown-version": lambda: infer("risk", [tensor(rows_of("risk"))], model_version="9"),
    "wrong-shape": lambda: infer("species", [tensor([[1, 2, 3]])]),
    "wrong-output": lambda: infer(
        "species", [tensor(rows_of("species"))], outputs=[output("nothing")]
    ),
    "text-for-numbers": lambda: infer("species", [tensor([["a", "b"]], "BYTES")]),
    "infinite": lambda: infer("species", [tensor([[1, np.inf]])]),
    "no-key": lambda: {"ok": client.get_model_metadata("species")},
}


def refused(error):
    return {"error": error.message(), "status": int(error.status())}


run_steps(steps, triton.InferenceServerException, refused)
