"""Rules on tenants: verdicts, reasons, and what would change them. Knows no scores."""

from matcher.eligibility.judge import (
    Eligibility,
    Finding,
    judge,
    judge_rule,
    judge_rules,
    pair_verdicts,
    verdict_by_rules,
)
from matcher.eligibility.routes import Step, apply_route, find_routes
from matcher.eligibility.verdicts import PairVerdict, RuleVerdict

__all__ = [
    "Eligibility",
    "Finding",
    "PairVerdict",
    "RuleVerdict",
    "Step",
    "apply_route",
    "find_routes",
    "judge",
    "judge_rule",
    "judge_rules",
    "pair_verdicts",
    "verdict_by_rules",
]
