"""Asks a dsapi with KServe's REST client, one step for each line of the input: the step's name. Prints what the client has
understood.

    /usr/bin/python3 kserve_steps.py FOLDER/python/kserve/kserve HOST:PORT KEY
"""

import asyncio
import sys

import numpy as np

from kserve_stand_ins import stand_in
from steps import outputs_of, rows_of, run_steps

folder, host, key = sys.argv[1:4]
stand_in(folder)

import httpx
from kserve.inference_client import InferenceRESTClient, RESTConfig
from kserve.protocol.infer_type import InferInput, InferRequest, RequestedOutput

url = f"http://{host}"
loop = asyncio.new_event_loop()
client = InferenceRESTClient(RESTConfig(protocol="v2"))
client_of_v1 = InferenceRESTClient(RESTConfig(protocol="v1"))


def wait(call, *arguments, **options):
    options = {"headers": {"X-API-Key": key}, **options}
    return loop.run_until_complete(call(url, *arguments, **options))


def tensor(rows, datatype="FP64", binary=True):
    array = np.array(rows, dtype={"FP64": np.float64, "FP32": np.float32}[datatype])
    one = InferInput("input", list(array.shape), datatype)
    one.set_data_from_numpy(array, binary_data=binary)
    return one


def infer(model, inputs, **options):
    request = InferRequest(model, inputs, **options)
    result = wait(client.infer, request, model_name=model)
    return outputs_of({output.name: output.as_numpy() for output in result.outputs})


def predict(model, body):
    return {"json": wait(client_of_v1.infer, body, model_name=model)}


binary_outputs = {"binary_data_output": True}

steps = {
    "live": lambda: {"ok": wait(client.is_server_live)},
    "ready": lambda: {"ok": wait(client.is_server_ready)},
    "model-ready": lambda: {"ok": wait(client.is_model_ready, "risk")},
    "model-unready": lambda: {"ok": wait(client.is_model_ready, "nothing")},
    "json": lambda: infer("risk", [tensor(rows_of("risk"), "FP32", False)], request_id="7"),
    "json-labels": lambda: infer("species", [tensor(rows_of("species"), binary=False)]),
    "json-regression": lambda: infer("price", [tensor(rows_of("price"), binary=False)]),
    "binary-fp32": lambda: infer("risk", [tensor(rows_of("risk"), "FP32")]),
    "binary-both": lambda: infer(
        "price", [tensor(rows_of("price"))], parameters=binary_outputs
    ),
    "binary-labels": lambda: infer(
        "species", [tensor(rows_of("species"))], parameters=binary_outputs
    ),
    "one-output": lambda: infer(
        "species",
        [tensor(rows_of("species"))],
        request_outputs=[RequestedOutput("predict", {"binary_data": True})],
    ),
    "v1-live": lambda: {"ok": wait(client_of_v1.is_server_live)},
    "v1-model-ready": lambda: {"ok": wait(client_of_v1.is_model_ready, "risk")},
    "v1-instances": lambda: predict("risk", {"instances": rows_of("risk")}),
    "v1-labels": lambda: predict("species", {"instances": rows_of("species")}),
    "v1-objects": lambda: predict(
        "species", {"instances": [{"width": 2, "length": 0}, {"width": 0, "length": 1}]}
    ),
    "v1-wrong-rows": lambda: predict("species", {"instances": [[1, 2, 3]]}),
    "v1-unknown-model": lambda: predict("nothing", {"instances": [[1]]}),
    "unknown-model": lambda: infer("nothing", [tensor(rows_of("species"))]),
    "wrong-shape": lambda: infer("species", [tensor([[1, 2, 3]], binary=False)]),
    "wrong-output": lambda: infer(
        "species", [tensor(rows_of("species"))], request_outputs=[RequestedOutput("nothing")]
    ),
    "no-key": lambda: {
        "ok": wait(client.infer, {"inputs": []}, model_name="species", headers={})
    },
}


def refused(error):
    # The client writes the server's text, then the status and the URL.
    return {
        "error": str(error).rsplit(f", '{error.response.status_code} ", 1)[0],
        "status": error.response.status_code,
    }


run_steps(steps, httpx.HTTPStatusError, refused)
