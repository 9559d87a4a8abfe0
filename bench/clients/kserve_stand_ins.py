"""Stands in for what KServe's package imports and its REST client does not use, or Debian does not have."""

import json
import logging
import sys
from types import ModuleType, SimpleNamespace


def put(name, **members):
    module = ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module
    return module


class Anything(type):
    pass


def any_class(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Anything(name, (), {})


def stand_in(folder):
    """Makes `kserve.inference_client` importable from the folder of the package."""
    dumps = lambda value, default=None: json.dumps(value, default=default).encode()
    orjson = {"dumps": dumps, "loads": json.loads, "JSONDecodeError": json.JSONDecodeError}
    put("orjson", orjson=SimpleNamespace(**orjson), **orjson)
    put("fastapi")
    put("fastapi.responses", JSONResponse=object)
    put("psutil")
    put("cloudevents")
    put("cloudevents.conversion", to_binary=None, to_structured=None)
    put("cloudevents.http", CloudEvent=object)
    logger = logging.getLogger("kserve")
    put("kserve.logging", logger=logger, trace_logger=logger)
    # The package's own __init__ imports its server.
    put("kserve", __path__=[folder])
    put("kserve.protocol.rest.v2_datamodels", InferenceRequest=object)
    for generated in ("grpc_predict_v2_pb2", "grpc_predict_v2_pb2_grpc"):
        put(f"kserve.protocol.grpc.{generated}", __getattr__=any_class)
