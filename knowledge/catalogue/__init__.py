"""Finding courses: search by filters and words, fuzzy titles, subjects, the NLU's lexicon."""
