"""The cards of the animals: the classifier, and what its layers hold."""

from skills.protocol import InputKind, SkillCard

ANIMAL_CLASSIFIER = SkillCard(
    "animal_classifier",
    "Which animals",
    2,
    "names the animals in a photo, with one sigmoid for each beside a softmax",
    (
        "animal classifier", "animals", "cat classifier", "multi-label", "multi label classifier",
        "sigmoid or softmax", "softmax against sigmoid", "animal photo",
    ),
    InputKind.IMAGE,
    at_most=2,
    asks="a photo of a bird, cat, deer, dog, frog or horse, or two to be put side by side",
)  # fmt: skip
LAYER_ENCODINGS = SkillCard(
    "layer_encodings",
    "What the layers see",
    2,
    "shows what leaves each layer of a network, from edges to parts of animals",
    (
        "layer encodings", "encodings", "layers", "activations", "feature maps", "edge filters",
        "what a network sees", "visualise layers",
    ),
    InputKind.IMAGE,
    asks="a photo of an animal",
    usual_seconds=5.0,
)  # fmt: skip
CARDS = {"skills.animals.skill": ANIMAL_CLASSIFIER, "skills.animals.layers_skill": LAYER_ENCODINGS}
