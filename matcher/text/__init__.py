"""Free text into mentions of vocabulary terms. Finds, and decides nothing."""

from matcher.text.mentions import DENIED, PUT_OFF, STATED, Mention, MentionFinder, first_by_term
from matcher.text.morphology import MorphemeBoundaries, analyser
from matcher.text.words import compared_words

__all__ = [
    "DENIED",
    "PUT_OFF",
    "STATED",
    "Mention",
    "MentionFinder",
    "MorphemeBoundaries",
    "analyser",
    "compared_words",
    "first_by_term",
]
