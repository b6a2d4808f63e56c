"""Items and ratings in the database of QUAD_DATABASE_URL: own tables with migrations of their own.

Ratings are no course data, so `knowledge` does not know them; they stand in the same database so
that all replicas of the site share them. Nothing is ever overwritten: a rating may be withdrawn,
and of several ratings of one rater for one item the newest that was not withdrawn counts.
"""
