"""The rules' own test cases, as their authors wrote them."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.catalogue import Catalogue, Rule
from matcher.catalogue.rules import Case
from matcher.eligibility.judge import judge_rule
from matcher.eligibility.verdicts import RuleVerdict
from matcher.errors import DataError, Problem
from matcher.intake import tenant_from_cells


def all_cases(catalogue: Catalogue) -> Iterator[tuple[Rule, Case]]:
    """Yield every case of every rule."""
    for rule in catalogue.rules:
        for case in rule.cases:
            yield rule, case


def verdict_of_case(rule: Rule, case: Case, catalogue: Catalogue) -> str:
    """Return the verdict of a rule on the tenant of a case."""
    tenant = tenant_from_cells(case.tenant, catalogue.vocabulary)
    return RuleVerdict(int(judge_rule(rule, [tenant], catalogue, case.as_of)[0])).word


def failing_cases(catalogue: Catalogue) -> list[Problem]:
    """Return a problem for each case that cannot be read, or has another verdict than it states."""
    problems = []
    for rule, case in all_cases(catalogue):
        where = f"rule {rule.id!r}: case {case.name!r}"
        try:
            verdict = verdict_of_case(rule, case, catalogue)
        except DataError as error:
            problems += [
                Problem(each.kind, rule.file, None, None, f"{where}: {each.what}", each.hint)
                for each in error.problems
            ]
            continue
        if verdict != case.verdict:
            what = f"{where}: it is {verdict}, not {case.verdict}"
            hint = "mend the rule or the case"
            problems.append(Problem("bad_value", rule.file, None, None, what, hint))
    return problems
