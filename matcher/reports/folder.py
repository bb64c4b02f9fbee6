"""The files of a report folder: which there are, and their making, on several cores."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from matcher.reports.documents.outline import Outline
from matcher.reports.files import file_stems
from matcher.reports.model.partners import PartnerPage
from matcher.reports.model.report import Report

DOCUMENTS = ("hwpx", "docx")
"""Formats of which there is a page to decide by and a full report, per tenant."""

_FEW = 8
"""Documents below which further processes take longer to start than they save."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be made: where it goes below the folder, and how its content comes about."""

    path: str
    make: Callable[[], bytes]


def report_files(reports: Mapping[str, Report], language: str, forms: Sequence[str]) -> list[File]:
    """Return the files of a report on tenants.

    Parameters
    ----------
    reports : mapping of str to Report
        By language; the page to read, ``html``, needs both.
    language : {'ko', 'en'}
        Of all other files, and the one in which the page opens.
    forms : sequence of str
        ``html``, ``xlsx``, ``md`` and `DOCUMENTS`.
    """
    from matcher.reports.markdown import to_markdown  # noqa: PLC0415 - formats load their own
    from matcher.reports.page.html import to_html  # noqa: PLC0415 - as above
    from matcher.reports.spreadsheets.workbook import to_workbook  # noqa: PLC0415 - as above

    report = reports[language]
    files = []
    if "html" in forms:
        make = partial(to_html, reports["ko"], reports["en"], language)
        files.append(File("index.html", make))
    if "xlsx" in forms:
        files.append(File("matches.xlsx", partial(to_workbook, report)))
    stems = file_stems(page.tenant_id for page in report.pages)
    for page, stem in zip(report.pages, stems, strict=True):
        if "md" in forms:
            make = partial(_encoded, partial(to_markdown, report, page))
            files.append(File(f"tenants/{stem}.md", make))
    return files + _documents(report, forms, stems)


def partner_files(report: Report, pages: Sequence[PartnerPage], forms: Sequence[str]) -> list[File]:
    """Return the files of a report on partners: one document per partner and format."""
    from matcher.reports.documents.partners import partner_outline  # noqa: PLC0415 - as above

    outlines = [partner_outline(report, page) for page in pages]
    return [
        File(f"partners/{page.partner_id}.{form}", partial(to_document, form, outline))
        for form in forms
        for page, outline in zip(pages, outlines, strict=True)
    ]


def _documents(report: Report, forms: Sequence[str], stems: Sequence[str]) -> list[File]:
    from matcher.reports.documents import tenants  # noqa: PLC0415 - as above

    wanted = [form for form in DOCUMENTS if form in forms]
    if not wanted:
        return []
    kinds = {
        "tenants": tenants.report_outline,
        "summaries": tenants.summary_outline,
    }
    return [
        File(f"{folder}/{stem}.{form}", partial(to_document, form, outline))
        for folder, build in kinds.items()
        for page, stem in zip(report.pages, stems, strict=True)
        for outline in [build(report, page)]
        for form in wanted
    ]


def to_document(form: str, outline: Outline) -> bytes:
    """Return a document in one of the formats ``hwpx``, ``docx`` and ``md``."""
    if form == "hwpx":
        from matcher.reports.documents.hwpx import to_hwpx  # noqa: PLC0415 - formats load their own

        return to_hwpx(outline)
    if form == "docx":
        from matcher.reports.documents.docx import to_docx  # noqa: PLC0415 - as above

        return to_docx(outline)
    from matcher.reports.markdown import outline_markdown  # noqa: PLC0415 - as above

    return outline_markdown(outline).encode()


def made(files: Sequence[File], n_workers: int = 1) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of each file, in their order.

    Parameters
    ----------
    files : sequence of File
        What to make.
    n_workers : int, default=1
        Processes that share the documents; with 1, and for few documents, there is none but this.
    """
    here = [file for file in files if not _is_document(file)]
    documents = [file for file in files if _is_document(file)]
    yield from ((file.path, file.make()) for file in here)
    if n_workers == 1 or len(documents) < _FEW:
        yield from ((file.path, file.make()) for file in documents)
        return
    # Fresh processes: forked ones would inherit the locks of whatever threads are at work here.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(n_workers, context, initializer=_leave_interrupts)
    try:
        contents = pool.map(_make, documents, chunksize=_FEW)
        yield from zip((file.path for file in documents), contents, strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _is_document(file: File) -> bool:
    return file.path.endswith(DOCUMENTS)


def _make(file: File) -> bytes:
    return file.make()


def _leave_interrupts() -> None:
    """Leave an interrupt to the process that the user started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _encoded(text: Callable[[], str]) -> bytes:
    return text().encode()
