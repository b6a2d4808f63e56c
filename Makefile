# Two commands do everything: `make run` and `make test`. Each step leaves a stamp and is not repeated.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
PY := $(VENV)/bin/python
BUILT := var/built
export QUAD_VAR ?= var
ENCODER := $(QUAD_VAR)/encoders/sentence/model.onnx
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PYTHONWARNINGS ?= ignore
export RASA_TELEMETRY_ENABLED := false
export RASA_CACHE_DIRECTORY := var/rasa_cache
export TRANSFORMERS_VERBOSITY := error

.PHONY: run test conversations setup train train-policy bench bench-nlu lint types demo chat model clean browser postgres voice flite

run: setup
	@$(PY) -m bot.supervise || [ $$? -eq 130 ] # Ctrl-C is how it ends

setup: $(BUILT)/environment $(BUILT)/web $(ENCODER) $(BUILT)/model

$(BUILT)/environment: requirements.txt requirements-torch.txt
	@mkdir -p $(BUILT)
	@bash deploy/environment.sh $(PYTHON) $(VENV)
	@touch $@

$(BUILT)/dev: requirements-dev.txt $(BUILT)/environment $(BUILT)/voice
	@echo "[setup] test and lint tools"
	@$(PY) -m pip install -q --disable-pip-version-check -c requirements.txt -r requirements-dev.txt
	@touch $@

# Reading aloud on the server with espeak-ng (GPL-3), which is no part of Quad.
voice: $(BUILT)/voice
$(BUILT)/voice: requirements-voice.txt $(BUILT)/environment
	@$(PY) -m pip install -q --disable-pip-version-check --no-deps -r requirements-voice.txt
	@touch $@

# A second synthesiser to measure recognition with; fetched into var/flite, not installed.
flite:
	@bash deploy/flite.sh

$(BUILT)/web: bot/web/package-lock.json $(wildcard bot/web/src/*) $(BUILT)/environment
	@echo "[setup] front end"
	@bash deploy/web.sh
	@touch $@

$(ENCODER): nlu/serving/pack.py nlu/encoders/transformer.py $(BUILT)/environment
	@echo "[setup] sentence encoder (about 15 s)"
	@$(PY) -m nlu.serving.pack $(@D)
	@touch $@

MODEL_PARTS := config.yml $(wildcard bot/domain/*.yml bot/data/*.yml nlu/weights/*/joint.* nlu/*.py nlu/serving/*.py)
model: $(BUILT)/model
$(BUILT)/model: $(MODEL_PARTS) $(BUILT)/environment
	@echo "[setup] packing the model from the committed weights (about 30 s, no training)"
	@rm -rf var/models
	@$(PY) -m bot.rasa_cli train --quiet --domain bot/domain --data bot/data nlu/data/hand \
		--out var/models --fixed-model-name quad > var/model.log 2>&1 || (tail -30 var/model.log; exit 1)
	@touch $@

test: setup $(BUILT)/dev browser postgres
	@$(MAKE) --no-print-directory lint
	@trap "bash deploy/postgres.sh stop" EXIT; $(PY) -m pytest $(ARGS)

conversations: setup $(BUILT)/dev
	@$(PY) -m pytest -q tests/e2e/test_conversations.py $(ARGS)

browser:
	@bash deploy/browser.sh

postgres:
	@bash deploy/postgres.sh

lint: $(BUILT)/dev
	@echo "[lint] ruff"; ruff check . && ruff format --check -q .
	@echo "[lint] types"; mypy
	@echo "[lint] import contracts"; lint-imports --no-cache > var/imports.log || (cat var/imports.log; exit 1)
	@echo "[lint] Rasa's data"; $(PY) -m bot.rasa_cli data validate --domain bot/domain \
		--data bot/data nlu/data/hand > var/validate.log 2>&1 || (tail -20 var/validate.log; exit 1)
	@echo "[lint] labels"; $(PY) -m nlu.data.validate > var/labels.log || (tail -20 var/labels.log; exit 1)

train: setup
	@$(PY) -m nlu.train --device auto --out nlu/weights $(ARGS)

# Three policies on simulated students, about 25 minutes each on a quiet core: ARGS="--seed 1" for another seed.
train-policy: setup
	@for agent in dqn pg supervised; do $(PY) -m bot.policy.train --agent $$agent $(ARGS) || exit 1; done

bench: setup
	@$(PY) -m bot.bench $(ARGS)

$(BUILT)/diet: deploy/diet/environment.sh deploy/diet/requirements.txt
	@mkdir -p $(BUILT)
	@bash deploy/diet/environment.sh $(PYTHON) var/diet
	@touch $@

bench-nlu: setup $(BUILT)/diet
	@$(PY) -m bot.bench_nlu $(ARGS)

demo: setup
	@$(PY) -m bot.terminal demo

chat: setup
	@$(PY) -m bot.terminal chat

clean:
	@bash deploy/postgres.sh stop
	rm -rf $(VENV) var bot/web/dist bot/web/node_modules
