"""Real text at scale: companies of a public directory and research organisations of the world.

    python tests/benchmarks/yc_ror.py COMPANIES.parquet ORGANIZATIONS.parquet FOLDER

COMPANIES is the Y Combinator directory (columns name, one_liner, long_description, industry,
subindustry, tags, all_locations, team_size, batch), ORGANIZATIONS the Research Organization
Registry (columns name, types, country_code, city, status). Neither is part of this project. The
mapping is for measuring speed; it claims nothing of any company or organisation.

A company's fields: name, year of its batch, sector by its industry, its texts, the countries of
`TARGETS` in turn, and the need that its industry has first. An organisation is one offer: kind and
needs by its first type, place by its country (none where the vocabulary has not that country, so
that it is nobody's target), indications and modalities that its name mentions.
"""

import random
import resource
import time
from dataclasses import replace
from pathlib import Path

import click
import pyarrow as pa
import pyarrow.parquet as pq

from matcher import read_catalogue
from matcher.batch import Order, run_batch
from matcher.catalogue import Partner
from matcher.catalogue.provenance import Text
from matcher.text import STATED, MentionFinder

TARGETS = ("미국", "영국", "독일", "싱가포르;미국", "일본", "프랑스;독일")

KINDS = {  # type in the registry: kind of partner, needs that it may serve
    "Healthcare": ("pt_hospital", ("need_clinical_trial", "need_clinical_validation")),
    "Education": ("pt_university", ("need_joint_research", "need_talent")),
    "Facility": ("pt_research_institute", ("need_joint_research", "need_equipment")),
    "Company": ("pt_pharma", ("need_bd", "need_open_innovation")),
    "Government": ("pt_gov_agency", ("need_grant", "need_soft_landing")),
    "Nonprofit": ("pt_association", ("need_networking", "need_kol")),
    "Funder": ("pt_gov_agency", ("need_grant",)),
}
OTHER = ("pt_association", ("need_networking",))

NEEDS = {  # sub-industry of the directory: needs, in order
    "Healthcare": "임상 검증;공동연구",
    "B2B": "사업개발;오픈이노베이션",
    "Industrials": "연구장비 활용;공동연구",
    "Education": "인력 확보;네트워킹",
    "Government": "정부 지원금;네트워킹",
}


@click.command()
@click.argument("companies", type=click.Path(exists=True, path_type=Path))
@click.argument("organizations", type=click.Path(exists=True, path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
def main(companies, organizations, folder):
    """Match all companies with all organisations, and print what it took and ten matches."""
    folder.mkdir(parents=True, exist_ok=True)
    lists = folder / "companies.parquet"
    pq.write_table(tenant_table(pq.read_table(companies).to_pylist()), lists)
    start = time.perf_counter()
    catalogue = with_organizations(read_catalogue(), pq.read_table(organizations).to_pylist())
    click.echo(
        f"{len(catalogue.offers):,} organisations, read in {time.perf_counter() - start:.1f} s"
    )
    start = time.perf_counter()
    order = Order("2026-11-22", chunk=1024)
    *_, progress = run_batch(lists, folder / "out", catalogue, order)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(
        f"{progress.n_tenants:,} companies: {time.perf_counter() - start:.1f} s, "
        f"{progress.n_matches:,} matches, peak {peak:,.0f} MB"
    )
    show(folder / "out", lists, catalogue)


def show(out, lists, catalogue):
    """Print the first match of ten companies, to be looked at."""
    names = {partner.id: partner.name["en"] for partner in catalogue.partners}
    told = {row["관리번호"]: row for row in pq.read_table(lists).to_pylist()}
    parts = sorted((out / "matches").glob("*.parquet"))
    rows = [row for part in parts for row in pq.ParquetFile(part).read().to_pylist()]
    first = [row for row in rows if row["rank"] == 1]
    for row in random.Random(4).sample(first, 10):
        company = told[row["tenant_id"]]
        asks = "; ".join(company[name] for name in ("분야", "희망 지원분야", "희망국가"))
        pitch = company["창업아이템명"][:60]
        partner = names[row["partner_id"]]
        click.echo(f"{row['score']:.3f} {company['기업명']} ({pitch}; {asks}) -> {partner}")


def tenant_table(rows):
    """Return companies as a tenant list."""
    made = [
        {
            "관리번호": f"Y{row['id']}",
            "기업명": row["name"],
            "설립일": (row["batch"] or "").split()[-1] if row["batch"] else "",
            "분야": sector(row),
            "창업아이템명": row["one_liner"] or "",
            "핵심기술": row["long_description"] or "",
            "임직원수": str(row["team_size"] or ""),
            "희망국가": TARGETS[row["id"] % len(TARGETS)],
            "희망 지원분야": NEEDS.get(row["industry"], "사업개발;투자유치"),
        }
        for row in rows
    ]
    return pa.table({name: [row[name] for row in made] for name in made[0]})


def sector(row):
    """Return the sector of a company: by its sub-industry and tags, else digital or other."""
    told = f"{row['subindustry']} {row['tags']}".lower()
    if row["industry"] != "Healthcare":
        return "기타"
    for word, found in (
        ("therapeutics", "의약"),
        ("drug", "의약"),
        ("diagnostics", "체외진단"),
        ("medical device", "의료기기"),
        ("industrial bio", "바이오소재·장비·서비스"),
    ):
        if word in told:
            return found
    return "디지털헬스"


def with_organizations(catalogue, rows):
    """Return the catalogue with every active organisation as a partner of one offer."""
    places = catalogue.vocabulary.facets["place"].terms
    finder = MentionFinder(catalogue.vocabulary, ("indication", "modality"))
    basis = catalogue.offers[0]
    partners = []
    for row in sorted(rows, key=lambda row: row["ror_id"]):
        if row["status"] != "active":
            continue
        kind, needs = KINDS.get((row["types"] or "").split("|")[0], OTHER)
        name = Text(ko=row["name"], en=row["name"])
        found = {"indication": [], "modality": []}
        for mention in finder.find(row["name"]):
            if mention.state == STATED:
                found[mention.facet].append(mention.term_id)
        country = row["country_code"]
        offer = replace(
            basis,
            id=f"{row['ror_id']}/work",
            partner_id=row["ror_id"],
            name=name,
            summary=name,
            status="active",
            terms={
                **dict.fromkeys(basis.terms, ()),
                "need": needs,
                "place": (country,) if country in places else (),
                **{facet: tuple(dict.fromkeys(terms)) for facet, terms in found.items()},
            },
            also=(),
            strength=0.6,
        )
        partners.append(
            Partner(
                row["ror_id"],
                name,
                (),
                kind,
                "partner",
                ("boston",),
                row["city"] or "",
                country,
                row["website"],
                row["ror_id"],
                (),
                (),
                (offer,),
            )
        )
    return replace(catalogue, partners=tuple(partners), rules=(), precedents=())


if __name__ == "__main__":
    main()
