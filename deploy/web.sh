#!/usr/bin/env bash
# Builds the chat page's script with the system's Node, or with Node from a Python package.
set -euo pipefail
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "[setup] no Node.js here: taking it from a Python package"
  .venv/bin/python -m pip --disable-pip-version-check install -q -r requirements-node.txt
fi
cd bot/web
npm ci --no-audit --no-fund --loglevel=error --ignore-scripts
npm run --silent build
