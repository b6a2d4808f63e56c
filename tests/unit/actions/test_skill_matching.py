"""Names and natural phrases come out as the skill that is meant, among about twenty alike."""

from __future__ import annotations

import re

import pytest

from actions.skill_matching import matches, named

# As a lecture's list of systems may describe them; the cards' own words may differ.
SKILLS = """
animal_classifier: cats and dogs, iguana, multi label animals
  tells which animals are in a picture
layer_encodings: first layer, what a layer sees, edges
  shows what each layer of a network sees
scale_curves: scale drives performance, learning curves, more data
  shows how error falls with data
cat_portrait: cat classifier, is it a cat
  tells whether a picture shows a cat
day_night: day night, day/night, day and night classifier, photo
  tells from a photo whether it was taken by day or by night
colourisation: colorize, colour a black and white photo
  gives colours to a black and white picture
face_verification: same person, gym id
  tells whether two photos show the same person
face_recognition: who is this, who is it
  tells who it is on a photo
face_clustering: sort my album, photo album
  sorts faces of an album by person
style_transfer: neural style transfer, monet, paint my photo
  paints a photo in the style of another
fast_style_transfer: feed forward style, real time style transfer
  paints in one pass in a style it has learnt
object_detection: yolo, bounding boxes
  finds shapes and puts boxes around them
car_detection: cars, self driving
  finds the cars in a street
sign_digits: sign language, hand digits
  reads the digit that a hand shows
happy_house: smile, happy face at the door
  tells whether a face at the door smiles
goalkeeper: optimal goalie, where to kick the ball
  tells where the ball should be kicked
picture_price: price from a picture, how much is this
  guesses a price from a picture
recycling_robot: Q-learning, bellman
  learns where to go
linear_adversarial: adversarial example, adversarial
  fools a linear classifier
"""
KNOWN = {
    name: ((name, name.replace("_", " "), *aliases.split(", ")), sentence)
    for name, aliases, sentence in re.findall(r"^(\w+): (.*)\n  (.*)$", SKILLS, re.MULTILINE)
}


@pytest.mark.parametrize("name", list(KNOWN))
@pytest.mark.parametrize("said", ["run {}", "run {} on its sample", "can I try the {} demo?"])
def test_its_name_means_the_skill(said: str, name: str) -> None:
    for form in (name, name.replace("_", " "), name.replace("_", "-").upper()):
        assert matches(said.format(form), KNOWN) == [name]


PHRASES = {
    "can I try face recognition?": "face_recognition",
    "colorize a black and white photo": "colourisation",
    "please do a colorization of my picture": "colourisation",
    "paint my photo like monet": "style_transfer",
    "style transfer": "style_transfer",
    "the fast style transfer": "fast_style_transfer",
    "show me the goalkeeper demo": "goalkeeper",
    "where should the goalie kick the ball": "goalkeeper",
    "detect cars in this picture": "car_detection",
    "object detection please": "object_detection",
    "run face verifcation": "face_verification",
    "are these two the same person?": "face_verification",
    "who is this?": "face_recognition",
    "sort my album": "face_clustering",
    "is it day or night?": "day_night",
    "what does the first layer see": "layer_encodings",
    "read my hand digits": "sign_digits",
    "show me an adversarial example": "linear_adversarial",
    "the recyling robot": "recycling_robot",
    "is it a cat?": "cat_portrait",
    "how much is this worth": "picture_price",
}


@pytest.mark.parametrize(("said", "meant"), PHRASES.items(), ids=lambda each: each)
def test_natural_phrases_mean_it(said: str, meant: str) -> None:
    assert matches(said, KNOWN) == [meant]


def test_what_is_equally_likely_is_left_open() -> None:
    faces = {"face_verification", "face_recognition", "face_clustering"}
    assert set(matches("try the face demo", KNOWN)) == faces
    assert set(matches("face", KNOWN)) == faces


@pytest.mark.parametrize(
    "said",
    ["", "run", "what can I try?", "what would I build in CS230?", "here is my picture", "jazz",
     "what demos are there?", "what can I try from lecture 2?", "run trigger_word", "lecture 2"],
)  # fmt: skip
def test_what_names_none_means_none(said: str) -> None:
    assert matches(said, KNOWN) == []
    assert matches(said, {}) == []


def test_a_name_alone_is_told_from_a_name_among_other_words() -> None:
    for said in ("Happy House", "the happy house, please!", "happy_house", "happy houses"):
        assert named(said, KNOWN) == ["happy_house"]
    for said in ("", "please", "is there happy hour at the house", "house", "my happy house party"):
        assert named(said, KNOWN) == []
