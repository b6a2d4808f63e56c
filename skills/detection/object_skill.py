"""Object detection (lecture 2, the loss of YOLO) on drawn scenes of a campus."""

from skills.detection.kinds import CAMPUS
from skills.detection.skill import DetectorSkill

SKILL = DetectorSkill(CAMPUS, sample=4_000_000)
