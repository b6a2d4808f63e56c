"""A small model that guesses people's scores: the lecture's response scorer (Serban et al. 2017).

Its guesses stand beside the ratings in a report, never in their place.
"""
