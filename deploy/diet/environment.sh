#!/usr/bin/env bash
# Stock Rasa with TensorFlow in an environment of its own: ENVIRONMENT.SH PYTHON FOLDER.
# Only `make bench-nlu` needs it (about 3 GB).
set -euo pipefail
python=$1 folder=$2
here=$(dirname "$0")
command -v "$python" >/dev/null || python=python3
echo "[setup] stock Rasa with TensorFlow in $folder (some minutes, once)"
"$python" -m venv "$folder"
pip=("$folder/bin/python" -m pip --disable-pip-version-check install -q)
"${pip[@]}" -r "$here/requirements.txt"
# Both declare Python < 3.11 and run on it.
"${pip[@]}" --no-deps --ignore-requires-python rasa==3.6.21 rasa-sdk==3.6.2
