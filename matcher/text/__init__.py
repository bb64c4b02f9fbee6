"""Free text into mentions of vocabulary terms. Finds, and decides nothing."""

from matcher.text.mentions import DENIED, PUT_OFF, STATED, Mention, MentionFinder, first_by_term

__all__ = ["DENIED", "PUT_OFF", "STATED", "Mention", "MentionFinder", "first_by_term"]
