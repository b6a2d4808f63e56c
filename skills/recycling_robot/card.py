"""The card of the recycling robot."""

from skills.protocol import SkillCard

ROBOT = SkillCard(
    "recycling_robot",
    "The recycling robot",
    9,
    "learns the Q-table of the lecture's five-state world",
    ("q-learning", "q learning", "q table", "robot", "reinforcement learning", "recycling"),
)
CARDS = {"skills.recycling_robot.skill": ROBOT}
