"""Car detection (lecture 1, student project) on drawn views of the road."""

from skills.detection.kinds import ROAD
from skills.detection.skill import DetectorSkill

SKILL = DetectorSkill(ROAD, sample=4_000_000)
