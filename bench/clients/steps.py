"""What the steps of both clients share."""

import json
import sys
from pathlib import Path

requests = Path(__file__).parents[2] / "apps/api/test/protocols/captured/requests.json"
rows = json.loads(requests.read_text())["rows"]


def rows_of(model, missing=False):
    """Rows for a model, two that have all values or two that do not."""
    return [[float("nan") if value is None else value for value in row] for row in rows[model + ("-missing" if missing else "")]]


def many(model):
    """So many rows that the answer is compressed."""
    return rows_of(model)[:1] * 20_000


def outputs_of(arrays):
    """Outputs as JSON; of large ones the length and the ends."""
    return {"outputs": {name: written(array) for name, array in arrays.items()}}


def written(array):
    values = [text_of(value) for value in array.flatten().tolist()]
    if len(values) <= 100:
        return values
    return {"length": len(values), "first": values[0], "last": values[-1]}


def text_of(value):
    return value.decode() if isinstance(value, bytes) else value


def run_steps(steps, refusal, refused):
    """Runs each step whose name comes in, and prints its outcome."""
    for line in sys.stdin:
        try:
            outcome = steps[line.strip()]()
        except refusal as error:
            outcome = refused(error)
        print(json.dumps(outcome), flush=True)
