"""The rows below a header: companies as their cells stand, and what the cells mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from matcher.catalogue.vocabulary import Field, Vocabulary
from matcher.errors import Phrase, Problem
from matcher.intake.cells import BadValueError, Reading, fold_cell
from matcher.intake.choices import chosen_text
from matcher.intake.companies import CompanyRow, join_need_rows, no_tenant
from matcher.intake.files import Sheet
from matcher.intake.headers import Column, ambiguous
from matcher.intake.layout import Table
from matcher.intake.privacy import drop_brackets, mask
from matcher.intake.tenants import Tenant
from matcher.intake.values import read_cell
from matcher.quantities import Empty, Value

Watch: TypeAlias = Callable[[Iterable[CompanyRow]], Iterable[CompanyRow]]
"""What sees the rows go by, such as a progress bar."""

_PAST_FIELDS = ("founded_on", "survey_date")
"""Dates that cannot lie ahead."""


class Rows:
    """Reads the rows below a header; each distinct cell of a column is read once."""

    def __init__(
        self, vocabulary: Vocabulary, sheet: Sheet, table: Table, as_of: str | None
    ) -> None:
        self.vocabulary = vocabulary
        self.required = _required_groups(vocabulary.fields.values())
        self.sheet = sheet
        self.table = table
        self.as_of = as_of
        self.by_field: dict[str, list[Column]] = {}
        for column in table.columns:
            if column.field:
                self.by_field.setdefault(column.field, []).append(column)
        self.headings = [
            [cell.strip() for cell in cells]
            for number, cells in sheet.rows
            if number in (table.header_row - 1, table.header_row)
        ]
        self.problems: list[Problem] = []
        self.memo: dict[tuple[str, str, str | None], Reading | BadValueError] = {}
        self.ids: dict[str, int] = {}
        self.cleaned: dict[tuple[str, bool], tuple[str, int]] = {}

    def check_columns(self) -> None:
        """Add what is to be told of the columns, whatever their rows hold, to `problems`."""
        for conflict in ambiguous(self.table.columns, self.vocabulary):
            self._problem(conflict.kind, None, conflict.column, conflict.what, conflict.hint)
        self._tell_about_columns()

    def tenants(self, watch: Watch | None) -> list[Tenant]:
        """Return the tenants in the order of their rows; what is wrong is added to `problems`."""
        companies: Iterable[CompanyRow] = join_need_rows(self._companies())
        if watch is not None:
            companies = watch(companies)
        return [self._tenant(company) for company in companies]

    def _companies(self) -> Iterator[CompanyRow]:
        for number, cells in self.table.body:
            if not any(cell.strip() for cell in cells):
                continue
            aside = self.aside(cells)
            if aside:
                what = Phrase("{aside}; it is no tenant", aside=Phrase(aside))
                self._problem("skipped_row", number, None, what, "")
                continue
            company = CompanyRow(number, {})
            for field, columns in self.by_field.items():
                text, masked = self._cell(columns, cells)
                if text:
                    company.cells[field] = text
                if masked:
                    strings = "string" if masked == 1 else "strings"
                    what = Phrase(f"{{count}} personal {strings} masked", count=masked)
                    header = columns[0].header
                    problem = self._problem_at("personal_dropped", number, header, what, "")
                    company.problems.append(problem)
            yield company

    def aside(self, cells: Sequence[str]) -> str | None:
        """Return why a row is no company; None where it may be one."""
        filled = [cell for cell in cells if cell.strip()]
        if not filled:
            return "is blank"
        if self._repeats_header(cells):
            return "repeats the header"
        return no_tenant(filled, len(self.table.columns))

    def text_of(self, field: str, cells: Sequence[str]) -> str:
        """Return the text of a field in a row; empty where the list has no such column."""
        columns = self.by_field.get(field)
        return self._cell(columns, cells)[0] if columns else ""

    def _repeats_header(self, cells: Sequence[str]) -> bool:
        """Return whether a row holds nothing but headers, as a page break may repeat them."""
        repeated = 0
        for at, cell in enumerate(cells):
            text = cell.strip()
            if not text:
                continue
            if not any(at < len(heading) and heading[at] == text for heading in self.headings):
                return False
            repeated += 1
        return repeated > 2

    def _tell_about_columns(self) -> None:
        if self.sheet.encoding == "cp949":
            self._problem("encoding", None, None, "was read as CP949", "")
        for column in self.table.columns:
            if column.personal:
                what = "personal column dropped"
                self._problem("personal_dropped", None, column.header, what, "")
            elif column.field is None:
                self._problem(
                    "unknown_column",
                    None,
                    column.header,
                    "is no field of the tenant list; it is left out",
                    "add the header to headers.toml if it is one",
                )

    def _tenant(self, company: CompanyRow) -> Tenant:
        number = company.number if self.sheet.numbered else None
        values: dict[str, Value] = {}
        first = len(self.problems)
        self.problems += company.problems
        for field, text in company.cells.items():
            column = self.by_field[field][0]
            reading = self._read(field, text, column.unit or self.table.caption_unit)
            if isinstance(reading, BadValueError):
                self._problem("bad_value", number, column.header, reading.what, reading.hint)
                continue
            for word in reading.unknown:
                self._tell_unknown(number, column, word)
            if reading.value is not None:
                values[field] = reading.value
        self._settle_stage(values)
        if values.get("consent_external") != "yes":
            values["consent_external"] = "no"  # consent is what is given, never what is left open
        complete = self._check_required(number, values)
        stated = values.get("tenant_id")
        tenant_id = self._identify(company.number, stated if isinstance(stated, str) else "")
        values["tenant_id"] = tenant_id
        problems = tuple(self.problems[first:])
        return Tenant(tenant_id, number, values, company.cells, problems, complete)

    def _settle_stage(self, values: dict[str, Value]) -> None:
        """Give a stage the meaning that it has in the sector of the tenant."""
        stages = self.vocabulary.facets["stage"]
        sector, stage = str(values.get("sector")), values.get("dev_stage")
        if isinstance(stage, str):
            values["dev_stage"] = stages.by_sector.get((sector, stage), stage)

    def _read(self, field: str, text: str, unit: str | None) -> Reading | BadValueError:
        key = (field, text, unit)
        if key not in self.memo:
            try:
                reading = read_cell(text, self.vocabulary.fields[field], self.vocabulary, unit)
                self._check_past(field, reading.value)
                self.memo[key] = reading
            except BadValueError as error:
                self.memo[key] = error
        return self.memo[key]

    def _cell(self, columns: Sequence[Column], cells: Sequence[str]) -> tuple[str, int]:
        """Return the text of a field in a row, and how many personal strings were masked in it."""
        if len(columns) == 1 and not columns[0].choice:
            at = columns[0].at
            raw = cells[at] if at < len(cells) else ""
        elif any(column.choice for column in columns):
            raw = chosen_text(columns, cells)
        else:
            parts = [cells[column.at] for column in columns if column.at < len(cells)]
            raw = ";".join(part for part in parts if part and not part.isspace())
        person = any(column.person_in_brackets for column in columns)
        clean = self.cleaned.get((raw, person))
        if clean is None:
            text, dropped = drop_brackets(fold_cell(raw)) if person else (fold_cell(raw), 0)
            text, masked = mask(text)
            clean = self.cleaned[raw, person] = text, dropped + masked
        return clean

    def _check_past(self, field: str, value: Value) -> None:
        dated = field in _PAST_FIELDS and self.as_of is not None and isinstance(value, str)
        if dated and str(value) > str(self.as_of)[: len(str(value))]:
            raise BadValueError(
                "{value} lies after {as_of}", "check the year", value=value, as_of=self.as_of
            )

    def _tell_unknown(self, number: int | None, column: Column, word: str) -> None:
        field = self.vocabulary.fields[column.field or ""]
        facet = self.vocabulary.facets.get(field.facet or "")
        near = ", ".join(facet.suggest(word)) if facet else ""
        hint = Phrase("did you mean {near}?", near=near) if near else "see `matcher vocabulary`"
        what = Phrase("{word!r} is not known; kept as text", word=word)
        self._problem("unknown_term", number, column.header, what, hint)

    def _check_required(self, number: int | None, values: Mapping[str, Value]) -> bool:
        missing = [
            fields
            for fields in self.required
            if not any(_is_filled(field, values.get(field.id)) for field in fields)
        ]
        for fields in missing:
            labels = ", ".join(field.label["ko"] for field in fields)
            self._problem(
                "missing_required",
                number,
                self._header_of(fields),
                Phrase("none of {labels} is filled", labels=labels) if fields[1:] else "is empty",
                "fill the cell; the row is listed and not ranked",
            )
        return not missing

    def _header_of(self, fields: Sequence[Field]) -> str:
        """Return the header of the first field that the list has, else the label of the first."""
        headers = (
            self.by_field[field.id][0].header for field in fields if field.id in self.by_field
        )
        return next(headers, fields[0].label["ko"])

    def _identify(self, number: int, stated: str) -> str:
        tenant_id = stated or f"R{number}"
        again, holder = tenant_id, self.ids.get(tenant_id, 1)
        while again in self.ids:  # ID#2 may be an id of its own
            holder += 1
            again = f"{tenant_id}#{holder}"
        self.ids[tenant_id] = holder
        self.ids.setdefault(again, 1)
        if again != tenant_id:
            header = self.by_field["tenant_id"][0].header if stated else None
            self._problem(
                "duplicate_id",
                number,
                header,
                Phrase(
                    "{tenant_id!r} appears again; this row goes on as {again!r}",
                    tenant_id=tenant_id,
                    again=again,
                ),
                "give each company an id of its own",
            )
        return again

    def _problem(
        self, kind: str, row: int | None, column: str | None, what: str, hint: str
    ) -> None:
        self.problems.append(self._problem_at(kind, row, column, what, hint))

    def _problem_at(
        self, kind: str, row: int | None, column: str | None, what: str, hint: str
    ) -> Problem:
        shown = row if self.sheet.numbered else None
        return Problem(kind, self.sheet.name, shown, column, what, hint)


def _required_groups(fields: Iterable[Field]) -> list[list[Field]]:
    """Return the fields that a row must state, those together of which one is enough."""
    groups: dict[str, list[Field]] = {}
    for field in fields:
        if field.required or field.one_of:
            groups.setdefault(field.one_of or field.id, []).append(field)
    return list(groups.values())


def _is_filled(field: Field, value: Value) -> bool:
    """Return whether a required cell says something; 미정 is an answer to where, not to who."""
    return value is not None and not (field.kind == "text" and isinstance(value, Empty))
