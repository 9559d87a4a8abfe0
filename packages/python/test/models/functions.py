"""Functions that are served as models in tests."""

import os
import time

import numpy

features = ["a", "b"]


def total(rows):
    print("called with", rows.shape)
    return rows.sum(axis=1)


def how_many(rows):
    """How many rows were asked together."""
    return numpy.full(len(rows), len(rows))


def shares(rows):
    first = 1 / (1 + numpy.exp(-rows[:, 0]))
    return numpy.column_stack([first, 1 - first])


shares.classes = ["up", 7]


def describe(columns):
    return [len(text or "") + number for text, number in zip(columns["text"], columns["number"])]


describe.features = [{"name": "number"}, {"name": "text", "type": "text", "nullable": True}]


def what_it_does(rows):
    """What a row that begins with some numbers does."""
    first = rows[:, 0]
    if -1 in first:
        raise ValueError("no logarithm of -1")
    if -2 in first:
        os._exit(4)
    if -3 in first:
        time.sleep(3600)
    return numpy.where(first == -4, numpy.nan, first)


def too_few(rows):
    return rows[1:].sum(axis=1)


def environment(rows):
    return [float("DATABASE_URL" in os.environ) for _ in rows]


def process_id(rows):
    return [float(os.getpid()) for _ in rows]


def without_end(rows):
    print(os.getpid())
    while True:
        pass


not_callable = 3
