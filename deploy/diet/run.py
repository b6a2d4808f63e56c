"""Stock Rasa DIET on our split; runs in its own environment.

`run.py train TRAIN.yml FOLDER EPOCHS` trains the pipeline that Rasa's own documentation proposes
and prints the seconds; `run.py parse FOLDER TEXTS OUT` is what nlu.serving.measure is for ours.
"""

import asyncio
import json
import logging
import resource
import sys
import time
from pathlib import Path

import numpy as np

PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]
WARM = 20


def train(train_file, folder, epochs):
    """Train; one JSON line last."""
    from rasa.model_training import train_nlu
    from ruamel.yaml import YAML

    config = Path(folder) / "config.yml"
    config.parent.mkdir(parents=True, exist_ok=True)
    diet = {"name": "DIETClassifier", "epochs": int(epochs), "random_seed": 0}
    recipe = {"recipe": "default.v1", "assistant_id": "diet", "language": "en"}
    YAML().dump({**recipe, "pipeline": [*PIPELINE, diet]}, config)
    started = time.monotonic()
    train_nlu(str(config), train_file, folder, fixed_model_name="diet")
    print(json.dumps({"train_seconds": time.monotonic() - started}))


def parse(folder, texts_file, out_file):
    """Parse every text after a few to warm up; one JSON line last."""
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)  # a line a message would count as parsing
    agent = Agent.load(str(Path(folder) / "diet.tar.gz"))
    parses, times = asyncio.run(parse_all(agent, json.loads(Path(texts_file).read_text())))
    Path(out_file).write_text(json.dumps(parses))
    figures = {
        "median_ms": float(np.median(times)),
        "p95_ms": float(np.percentile(times, 95)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))


async def parse_all(agent, texts):
    """Parses as plain data, and milliseconds."""
    for text in texts[:WARM]:
        await agent.parse_message(text)
    parses, times = [], []
    for text in texts:
        started = time.perf_counter()
        data = await agent.parse_message(text)
        times.append(1000 * (time.perf_counter() - started))
        found = [
            [e["start"], e["end"], f"{e['entity']}:{e['role']}" if "role" in e else e["entity"]]
            for e in data["entities"]
        ]
        intent = data["intent"]
        parses.append(
            {"intent": intent["name"], "confidence": intent["confidence"], "entities": found}
        )
    return parses, times


if __name__ == "__main__":
    {"train": train, "parse": parse}[sys.argv[1]](*sys.argv[2:])
