"""Made catalogues and tenant lists of any size, of the words of the shipped data; none is real."""

import csv
import random
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from matcher.catalogue import Partner
from matcher.catalogue.provenance import Text

EXAMPLE = Path(__file__).resolve().parents[2] / "data" / "tenants" / "example.csv"
PLACES = ("Boston", "Cambridge", "SG", "Biopolis", "New York", "JP", "DE", "GB", "CH", "US")
TARGETS = (
    "보스턴",
    "싱가포르",
    "미국",
    "일본;독일",
    "싱가포르;미국",
    "영국",
    "스위스;독일",
    "미정",
    "",
)
TEXTS = ("창업아이템명", "핵심기술", "수요내용")

_MOST = {"need": 3, "sector": 2, "modality": 3, "indication": 3, "stage": 3, "round": 2}
"""Most terms of a made offer, by facet."""

_RULED = 0.05
"""Share of the made offers that each shipped rule governs."""


def made_catalogue(catalogue, n_offers, seed=1):
    """Return a catalogue of made offers, two of each partner, under the shipped rules."""
    rng = random.Random(seed)
    facets = {name: sorted(catalogue.vocabulary.facets[name].terms) for name in _MOST}
    kinds = sorted(catalogue.vocabulary.facets["partner_type"].terms)
    basis = catalogue.offers[0]
    partners = []
    for number in range(n_offers // 2):
        partner_id = f"made-{number:05d}"
        name = Text(ko=f"가상 기관 {number}", en=f"Made organisation {number}")
        offers = tuple(
            replace(
                basis,
                id=f"{partner_id}/{which}",
                partner_id=partner_id,
                name=name,
                summary=name,
                status="active",
                terms={
                    **{facet: _some(rng, facets[facet], most) for facet, most in _MOST.items()},
                    "need": tuple(rng.sample(facets["need"], rng.randint(1, 3))),
                    "place": (rng.choice(PLACES),),
                },
                also=(),
                strength=rng.randint(5, 20) / 20,
            )
            for which in ("a", "b")
        )
        partners.append(_partner(partner_id, name, rng.choice(kinds), offers))
    ids = [offer.id for partner in partners for offer in partner.offers]
    n_ruled = int(_RULED * len(ids))
    rules = tuple(
        replace(rule, offers=tuple(sorted(rng.sample(ids, n_ruled)))) for rule in catalogue.rules
    )
    return replace(catalogue, partners=tuple(partners), rules=rules)


def made_list(path, n_tenants, seed=2):
    """Write a list of made tenants as Parquet, some at a time; cells are those of the example."""
    rng = random.Random(seed)
    with EXAMPLE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {name: sorted({row[name] for row in rows}) for name in rows[0]}
    schema = pa.schema([(name, pa.string()) for name in columns])
    with pq.ParquetWriter(path, schema) as writer:
        for start in range(0, n_tenants, 10_000):
            numbers = range(start, min(start + 10_000, n_tenants))
            made = {name: rng.choices(cells, k=len(numbers)) for name, cells in columns.items()}
            made["관리번호"] = [f"M{number:07d}" for number in numbers]
            made["기업명"] = [f"가상기업 {number}" for number in numbers]
            made["희망국가"] = rng.choices(TARGETS, k=len(numbers))
            for name in TEXTS:  # no two texts are alike
                more = rng.choices(columns[name], k=len(numbers))
                pairs = zip(made[name], more, numbers, strict=True)
                made[name] = [f"{one} {other} ({number})" for one, other, number in pairs]
            writer.write_table(pa.table(made, schema=schema))


def _some(rng, terms, most):
    return tuple(rng.sample(terms, rng.randint(0, most)))


def _partner(partner_id, name, kind, offers):
    return Partner(
        partner_id, name, (), kind, "partner", ("boston",), "", "", None, None, (), (), offers
    )
