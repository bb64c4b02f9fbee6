"""The block of words alone on SciFact (BEIR): is it no worse than the textbook?

    python tests/benchmarks/words_scifact.py FOLDER

FOLDER holds ``corpus.jsonl.gz``, ``queries.jsonl`` and ``qrels_test.tsv``. Documents are title and
text, queries the claims of the test set; both are compared by `compared_words` and `WordSpace`, the
code that compares tenants with offers, without the terms of the vocabulary. Printed is nDCG@10.
"""

import csv
import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import click
import numpy as np

from matcher.evaluation.metrics import metrics_of
from matcher.features.words import build_words
from matcher.text import compared_words


def bag(text):
    return Counter(compared_words(text))


def measure(folder):
    with gzip.open(folder / "corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        corpus = [json.loads(line) for line in file]
    with (folder / "queries.jsonl").open(encoding="utf-8") as file:
        claims = {each["_id"]: each["text"] for each in map(json.loads, file)}
    judged = {}
    with (folder / "qrels_test.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            judged.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    documents = [bag(f"{each['title']} {each['text']}") for each in corpus]
    space = build_words(documents)
    items = space.encode(documents).transposed()
    queries = space.encode(bag(claims[claim]) for claim in judged)
    column = {each["_id"]: at for at, each in enumerate(corpus)}
    found = []
    for scores, relevant in zip(queries.products(items), judged.values(), strict=True):
        relevance = np.zeros(len(corpus), dtype=int)
        for document, grade in relevant.items():
            relevance[column[document]] = grade
        found.append(metrics_of(scores, relevance)["ndcg@10"])
    return len(found), float(np.mean(found))


if __name__ == "__main__":
    n_queries, value = measure(Path(sys.argv[1]))
    click.echo(f"{n_queries} queries, nDCG@10 {value:.4f}")
