/** What the pages of benchmarks have in common. */
export const benchmarksIndex = (): string => `# Benchmarks

Each page shows what one benchmark of the repository has measured: two or more things in turns, in one run, so that the
ratio holds when the machine's speed drifts. Absolute figures are of the machine that each page names.

- [Predictions over HTTP](http.md), beside bare Hono, Flask and FastAPI
- [The model beside scikit-learn](model.md)
- [Tables from a file to a model](tables.md), beside pandas and scikit-learn
- [Models of every kind](models.md), beside onnxruntime, XGBoost, LightGBM and FastAPI
- [Large bodies in each protocol](protocols.md)
- [Jobs](jobs.md), beside bee-queue, BullMQ and python-rq
- [Owners take turns](fairness.md), beside the oldest job first
- [The check of a key](keys.md)
- [What happens to jobs when things go wrong](faults.md)
- [Several hosts that fail and are upgraded](hosts.md)
- [What a prediction and a job cost each part](scale.md)
- [Memory over an hour](memory.md)

## Measure it yourself

\`npx -y pnpm@12 --filter @dsapi/bench bench:http\` runs one. A run writes to \`bench/runs/\`, which git ignores.
\`npx -y pnpm@12 --filter @dsapi/bench bench:promote http\` publishes it: it copies the run to \`bench/results/\` with its
date, machine, versions and commit. \`npx -y pnpm@12 run docs\` then writes these pages anew. \`wrk\` is needed for HTTP;
Debian's \`python3-sklearn\`, \`python3-flask\`, \`gunicorn\`, \`python3-fastapi\`, \`uvicorn\` and \`python3-rq\` bring the peers.
\`python3-xgboost\` is for \`bench:trees\` and \`bench:models\`, which also takes LightGBM from the Python that \`DSAPI_PYTHON\` names,
and onnxruntime from the folder that \`DSAPI_ONNXRUNTIME\` names. A peer that is not installed is left out.
`
