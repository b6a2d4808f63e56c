"""Performance against the amount of data (lecture 1): four models, measured and tried live."""
