"""The vote of similar companies on investments in bio and health companies.

    python tests/benchmarks/votes_crunchbase.py FOLDER

FOLDER holds ``investments.csv.gz`` and ``organizations.csv.gz`` (Crunchbase data, CC BY-NC 4.0: for
measuring only, nothing of it is in this project). How the queries are made:

* a company is one that has a row in both files, by its name; of several rows with one name the
  first counts,
* a query is a company of biology or health (by its categories) whose first round was in 2010 or
  later,
* the pool are the investors who had a round in such a company before 2010; right answers are the
  investors of the query that are in the pool; queries without one are left out,
* those who vote are the companies with a round before 2010, each for its investors before 2010,
* companies are alike by the cosine of their categories, country, state and region, weighted by
  rarity: `WordSpace` and `neighbour_votes` with 50 voters, the code of the record of a tenant.

Printed are nDCG@10 (relevance 0 or 1) of the vote, and of the number of rounds before 2010.
"""

import csv
import gzip
import sys
from pathlib import Path

import click
import numpy as np

from matcher.evaluation.metrics import metrics_of
from matcher.features import build_words
from matcher.ranking import neighbour_votes
from matcher.recommender.record import VOTERS

SINCE = "2010-01-01"


def rows_of(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def bag(company):
    words = dict.fromkeys(company["category_list"].split("|"), 1.0)
    places = ("country_code", "state_code", "region")
    return words | {f"{key}={company[key]}": 1.0 for key in places if company[key]}


def measure(folder):
    companies = {}
    for row in rows_of(folder / "organizations.csv.gz"):
        companies.setdefault(row["name"], row)
    rounds = [
        (row["company_name"], row["investor_name"], row["funded_when"])
        for row in rows_of(folder / "investments.csv.gz")
        if row["company_name"] in companies and row["investor_name"] and row["funded_when"]
    ]
    first, investors = {}, {}
    for company, investor, day in rounds:
        first[company] = min(day, first.get(company, day))
        investors.setdefault(company, set()).add(investor)
    before = [(company, investor) for company, investor, day in rounds if day < SINCE]
    column = {name: at for at, name in enumerate(sorted({investor for _, investor in before}))}
    known = sorted({company for company, _ in before})
    links = np.zeros((len(known), len(column)))
    row_of = {company: at for at, company in enumerate(known)}
    for company, investor in before:
        links[row_of[company], column[investor]] = 1
    queries = [
        company
        for company in sorted(first)
        if first[company] >= SINCE
        and companies[company]["is_bio_health"] == "True"
        and investors[company] & column.keys()
    ]
    bags = [bag(companies[company]) for company in known]
    space = build_words(bags)
    likeness = space.encode(bag(companies[company]) for company in queries).products(
        space.encode(bags).transposed()
    )
    n_rounds = np.bincount([column[investor] for _, investor in before], minlength=len(column))
    rankings = {
        "vote": neighbour_votes(likeness, links, VOTERS),
        "rounds": np.tile(n_rounds.astype(float), (len(queries), 1)),
    }
    found = {}
    for name, scores in rankings.items():
        values = []
        for own, company in zip(scores, queries, strict=True):
            relevance = np.array([int(each in investors[company]) for each in column])
            values.append(metrics_of(own, relevance)["ndcg@10"])
        found[name] = float(np.mean(values))
    return len(queries), len(column), found


if __name__ == "__main__":
    n_queries, n_investors, found = measure(Path(sys.argv[1]))
    click.echo(f"{n_queries} queries, {n_investors} investors")
    for name, value in found.items():
        click.echo(f"{name:8} nDCG@10 {value:.4f}")
