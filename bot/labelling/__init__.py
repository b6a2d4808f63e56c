"""From what students really said to training data: turns worth a look are masked and queued,
people label them on `/label`, and what they agree on is exported (docs/labelling.md).
"""
