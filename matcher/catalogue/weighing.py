"""A catalogue with other weights: what the same offers would score."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from matcher.catalogue.catalogue import Catalogue, pick
from matcher.catalogue.checking import problem_in
from matcher.catalogue.checking_vocabulary import check_weights
from matcher.catalogue.files import read_toml_file
from matcher.catalogue.schema import WEIGHTS_FILE
from matcher.catalogue.tables import defects
from matcher.catalogue.weights import Weights, build_weights
from matcher.errors import DataError


def reweighed(catalogue: Catalogue, path: Path) -> Catalogue:
    """Return a catalogue with the weights of a file written like ``vocabulary/weights.toml``.

    Raises
    ------
    DataError
        With all that is wrong with the file.
    """
    entry = read_toml_file(path)
    problems = [problem_in(path.name, *defect) for defect in defects(entry, WEIGHTS_FILE)]
    if problems:
        raise DataError(problems)
    weights = build_weights(entry)
    problems = list(check_weights(weights, catalogue.vocabulary.facets))
    if problems:
        raise DataError(problems)
    return _with(catalogue, weights)


def without_block(catalogue: Catalogue, block: str) -> Catalogue:
    """Return a catalogue in which a block of the score has no weight.

    Raises
    ------
    UnknownIdError
        When the score has no such block.
    """
    weights = catalogue.vocabulary.weights
    blocks = dict(weights.blocks)
    blocks[block] = replace(pick("block", block, blocks), weight=0.0)
    return _with(catalogue, replace(weights, blocks=blocks))


def _with(catalogue: Catalogue, weights: Weights) -> Catalogue:
    return replace(catalogue, vocabulary=replace(catalogue.vocabulary, weights=weights))
