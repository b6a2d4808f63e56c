#!/usr/bin/env bash
# Builds the Python environment: ENVIRONMENT.SH PYTHON VENV. Called by the Makefile.
set -euo pipefail
python=$1 venv=$2
command -v "$python" >/dev/null || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
  echo "Quad needs Python 3.11; found $("$python" --version 2>&1). Set PYTHON=/path/to/python3.11." >&2
  exit 1
}
echo "[setup] Python environment in $venv (a minute or two the first time)"
"$python" -m venv "$venv"
pip=("$venv/bin/python" -m pip --disable-pip-version-check install -q)
# Every package is pinned; Rasa declares bounds that are not true, so none may have a say.
"${pip[@]}" --no-deps --ignore-requires-python -r requirements.txt
echo "[setup] torch"
"${pip[@]}" -c requirements.txt -r requirements-torch.txt
"$venv/bin/python" - <<'PY' || exit 1
try:
    import torch
except (ImportError, OSError) as error:
    raise SystemExit(
        f"torch cannot be imported ({error}). Install a CPU or CUDA build of torch 2.13.0 for your "
        "machine (https://pytorch.org) into .venv and run make again."
    )
PY
