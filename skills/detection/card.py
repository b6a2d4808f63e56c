"""The cards of the two detectors."""

from skills.protocol import InputKind, SkillCard

OBJECTS = SkillCard(
    "object_detection",
    "Object detection",
    2,
    "finds things in a drawn scene of a campus and puts a box around each, in one look (YOLO)",
    ("yolo", "detect objects", "find objects", "bounding boxes", "object detector", "detection"),
    InputKind.IMAGE,
    asks="a picture, best a drawn scene with things of a campus",
)
CARS = SkillCard(
    "car_detection",
    "Car detection",
    1,
    "finds cars, trucks, pedestrians, stop signs and traffic lights in a drawn view of the road",
    (
        "detect cars",
        "self-driving",
        "self driving car",
        "find cars",
        "traffic lights",
        "stop signs",
    ),
    InputKind.IMAGE,
    asks="a view of a road as a car's front camera sees it",
)
CARDS = {
    "skills.detection.object_skill": OBJECTS,
    "skills.detection.car_skill": CARS,
}
