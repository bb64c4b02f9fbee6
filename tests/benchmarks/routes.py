"""Routes beside the matching itself, in pairs of runs over one made list.

python tests/benchmarks/routes.py [--tenants 340] [--rounds 7]
"""

import gc
import tempfile
import time
from pathlib import Path
from statistics import median

import click
import numpy as np
from made_lists import made_list

import matcher.recommender.estimator as estimator
from matcher import PartnerRecommender, read_catalogue, read_tenants
from matcher.eligibility import PairVerdict, Plan, RoutePlanner
from matcher.portfolio import Leverage, next_questions, rule_losses

DAY = "2026-11-22"


class NoRoutes:
    """Stands in for the planner where matching is timed by itself."""

    def __init__(self, eligibility):
        self.eligibility = eligibility

    def plan(self, tenant, offer):
        return Plan((), ())


@click.command()
@click.option("--tenants", default=340, show_default=True)
@click.option("--rounds", default=7, show_default=True)
def main(tenants, rounds):
    """Print medians of the seconds of this process, and the ratios of each pair of runs."""
    catalogue = read_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.parquet"
        made_list(path, tenants)
        found = list(read_tenants(path, catalogue.vocabulary))
    recommender = PartnerRecommender().fit(catalogue)
    gc.disable()  # as the command line does
    rows = [one_round(recommender, found) for _ in range(rounds)]
    for name, column in zip(
        ("matching", "plans", "steps", "portfolio"), zip(*rows, strict=True), strict=True
    ):
        click.echo(f"{name:10} {median(column):.3f} s")
    for name, parts in (("routes", slice(1, 3)), ("whole", slice(1, None))):
        ratios = [sum(row[parts]) / row[0] for row in rows]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        click.echo(f"{name + ' / matching':18} {median(ratios):.2f} ({spread})")


def one_round(recommender, tenants):
    """Return the seconds of matching, of all plans, of all steps shown, and of the portfolio."""
    estimator.RoutePlanner = NoRoutes
    start = time.process_time()
    recommender.rank(tenants, as_of=DAY)
    matching = time.process_time() - start
    estimator.RoutePlanner = RoutePlanner
    table = recommender.rank(tenants, as_of=DAY)
    planner = RoutePlanner(table.eligibility)  # nothing is known from the ranking
    start = time.process_time()
    for tenant, offer in np.argwhere(table.eligibility.overall < PairVerdict.ELIGIBLE).tolist():
        planner.plan(tenant, offer)
    plans = time.process_time() - start
    start = time.process_time()
    for entry in table.entries:
        if entry.list != "not_ranked":
            for each in (entry, *entry.excluded):
                table.routes(each.tenant, each.offer)
    steps = time.process_time() - start
    start = time.process_time()
    next_questions(table)
    rule_losses(table)
    Leverage(table)
    return matching, plans, steps, time.process_time() - start


if __name__ == "__main__":
    main()
