"""The page to read: one file that needs no network, with its styles, scripts and data inside."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from string import Template

from matcher.reports.labels import word
from matcher.reports.model.report import Report
from matcher.reports.page.content import page_content
from matcher.reports.page.words import PAGE_WORDS

LIBRARY = "d3.min.js"
"""D3 7.9.2, unchanged from npm."""

_LICENCE = "d3.LICENSE"  # ISC

_SCRIPTS = (
    "data.js",
    "elements.js",
    "bars.js",
    "filters.js",
    "tenant.js",
    "heat.js",
    "clusters.js",
    "page.js",
)


def to_html(korean: Report, english: Report, language: str) -> bytes:
    """Return the page; the same reports give the same bytes.

    Nothing in it is run but the scripts named by their digests, and nothing is loaded: names and
    free text are data, which the scripts put into the page as text.

    Parameters
    ----------
    korean, english : Report
        Of the same run.
    language : {'ko', 'en'}
        In which the page opens; it switches between both.
    """
    own = "".join(map(_asset, _SCRIPTS))
    library = f"/*\n{_asset(_LICENCE)}*/\n{_asset(LIBRARY)}"  # a copy carries its licence
    scripts = (library, f'"use strict";\n(() => {{\n{own}}})();\n')
    style = _asset("page.css")
    policy = (
        f"default-src 'none'; script-src {_digests(scripts)}; style-src {_digests([style])}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        Template(_asset("page.html"))
        .substitute(
            language=language,
            title=escape(word("title", language)),
            policy=policy,
            style=style,
            library=library,
            script=scripts[1],
            content=_as_script(page_content(korean, english, language)),
            needs_script=escape(" ".join(PAGE_WORDS["needs_script"])),
        )
        .encode()
    )


@cache
def _asset(name: str) -> str:
    return files("matcher.reports.page").joinpath("assets", name).read_text(encoding="utf-8")


def _digests(contents: Iterable[str]) -> str:
    digests = (hashlib.sha256(content.encode()).digest() for content in contents)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _as_script(content: object) -> str:
    """Return JSON in which nothing ends the element that it stands in."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
