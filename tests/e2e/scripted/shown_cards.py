"""A reply with a course and an enrollment on cards."""

CARDS = {
    "text": "CS106A and HISTORY1A",
    "custom": {
        "lead": "Two courses in **Winter 2019**:",
        "cards": [
            {
                "kind": "course",
                "code": "HISTORY1A",
                "title": "Global History: The Ancient World",
                "units": "3-5",
                "number": 1,
                "lines": ["Mon, Wed 10:30–11:50, Lane 200", "12 of 60 seats free"],
                "link": "https://explorecourses.stanford.edu/search?q=HISTORY1A",
                "actions": [{"title": "Enroll", "say": "enroll me in HISTORY1A"}],
            },
            {
                "kind": "enrollment",
                "code": "CS106A",
                "title": "Programming Methodology",
                "units": "5 units",
                "lines": ["Winter 2019, enrolled"],
                "link": None,
                "actions": [{"title": "Drop", "say": "drop CS106A"}],
            },
        ],
    },
}
