"""Writes the tables of bench:tables: mixed.csv, wide.csv and digits.csv."""

import sys

import numpy as np
import pandas as pd
from sklearn.datasets import load_digits

folder, rows, columns = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random = np.random.default_rng(0)


def mixed():
    """12 columns of numbers and 8 of categories; some of both have missing cells."""
    table = {}
    for j in range(12):
        values = random.normal(size=rows) * 10 ** (j % 4)
        # Two decimals, six, or as many as a double has.
        values = np.round(values, [2, 6, 30][j % 3])
        if j % 4 == 3:
            values[random.random(rows) < 0.1] = np.nan
        table[f"number_{j}"] = values
    score = 0.5 * table["number_0"] + 0.05 * table["number_1"]
    for j, size in enumerate([2, 4, 8, 12, 20, 30, 5, 7]):
        codes = random.integers(size, size=rows)
        score = score + (codes % 3 - 1) * 0.3
        names = np.array([f"category {i}" for i in range(size)], dtype=object)[codes]
        if j % 3 == 2:
            names[random.random(rows) < 0.05] = None
        table[f"category_{j}"] = names
    table["label"] = np.where(random.random(rows) < 1 / (1 + np.exp(-score)), "yes", "no")
    pd.DataFrame(table).to_csv(f"{folder}/mixed.csv", index=False)


def wide():
    X = random.integers(0, 1000, size=(100, columns)) / 10
    table = pd.DataFrame(X, columns=[f"x{j}" for j in range(columns)])
    table["label"] = np.where(X[:, 0] > 50, "yes", "no")
    table.to_csv(f"{folder}/wide.csv", index=False)


def digits():
    X, y = load_digits(return_X_y=True)
    table = pd.DataFrame(X, columns=[f"pixel_{j}" for j in range(X.shape[1])])
    table["label"] = np.array([f"digit {label}" for label in y])
    table.to_csv(f"{folder}/digits.csv", index=False)


mixed()
wide()
digits()
