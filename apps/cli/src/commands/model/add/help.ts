export const aboutAdd = `
These files are served:
  .json, .ubj   XGBoost
  .txt          LightGBM
  .onnx         scikit-learn, CatBoost, PyTorch (npm install onnxruntime-web)
  .json         a logistic regression, as dsapi model show --json prints it

A list has commas between its items. One whose items have commas is written as
JSON: --features '["a, b", "c"]'. Classes that are all numbers are numbers;
as texts they are '["0", "1"]'.

With --python the version names code on this machine, which every server runs
as its own user: there must be the same code and the same Python on each host.
A file of pickle runs code when it is opened. Add only your own.

Examples:
  $ dsapi model add churn.onnx --name churn
  $ dsapi model add fraud.ubj --name fraud --classes no,yes --samples fraud.csv
  $ dsapi model add prices.txt --name prices --rename Column_0=area --serve
  $ dsapi model add --python pipeline.joblib --name churn --interpreter .venv/bin/python
  $ dsapi model add --python scoring:predict --name risk --processes 2`
