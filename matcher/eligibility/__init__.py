"""Rules on tenants: verdicts, reasons, and what would change them. Knows no scores."""

from matcher.eligibility.judge import (
    Eligibility,
    Finding,
    judge,
    judge_rule,
    judge_rules,
    pair_verdict,
    pair_verdicts,
    verdict_by_rules,
)
from matcher.eligibility.options import Option
from matcher.eligibility.planning import Blocker, Plan, RoutePlanner
from matcher.eligibility.verdicts import PairVerdict, RuleVerdict

__all__ = [
    "Blocker",
    "Eligibility",
    "Finding",
    "Option",
    "PairVerdict",
    "Plan",
    "RoutePlanner",
    "RuleVerdict",
    "judge",
    "judge_rule",
    "judge_rules",
    "pair_verdict",
    "pair_verdicts",
    "verdict_by_rules",
]
