"""Times LightGBM on one thread, with a model of the same size: lightgbm_peer.py ROWS FEATURES."""

import json, sys, time
import lightgbm
import numpy as np

rows, features = sys.argv[1:]
X = np.fromfile(rows, np.float32).reshape(-1, int(features)).astype(float)
y = np.nan_to_num(X).sum(axis=1) + np.sin(3 * np.nan_to_num(X[:, 0])) > 0
params = {"objective": "binary", "num_leaves": 64, "max_depth": 6, "min_data_in_leaf": 1, "verbose": -1}
booster = lightgbm.train({**params, "num_threads": 1}, lightgbm.Dataset(X, y), num_boost_round=100)


def seconds(call, repeats):
    call()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return float(np.median(times))


print(json.dumps({
    "version": lightgbm.__version__,
    "one": seconds(lambda: booster.predict(X[:1], num_threads=1), 500),
    "bulk": seconds(lambda: booster.predict(X, num_threads=1), 5) / len(X),
}))
