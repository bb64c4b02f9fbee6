"""The condition of a rule in Korean words, as a member of staff would read it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.catalogue import Catalogue
from matcher.catalogue.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Comparison,
    Condition,
    Not,
)
from matcher.catalogue.vocabulary import Field


def condition_lines(condition: Condition, catalogue: Catalogue, indent: int = 0) -> Iterator[str]:
    """Yield a condition line by line, its parts indented below what joins them."""
    pad = "  " * indent
    match condition:
        case Comparison():
            yield f"{pad}- {_comparison(condition, catalogue)}"
            return
        case AllOf(parts):
            joined = "다음을 모두 충족"
        case AnyOf(parts):
            joined = "다음 중 하나 이상 충족"
        case AtLeast(n, parts):
            joined = f"다음 중 {n}개 이상 충족"
        case Not(part):
            joined, parts = "다음에 해당하지 않음", (part,)
    yield f"{pad}- {joined}"
    for each in parts:
        yield from condition_lines(each, catalogue, indent + 1)


def _comparison(comparison: Comparison, catalogue: Catalogue) -> str:
    field = catalogue.vocabulary.fields[comparison.field]
    notes = [f"{field.label['ko']}: {_asked(comparison, field, catalogue)}"]
    if comparison.unsettled:
        notes.append(f"{_place(comparison.unsettled, catalogue)}만 적혀 있으면 확인 필요")
    if comparison.blank == "not_met":
        notes.append("미기재·미정도 미충족")
    return "; ".join(notes)


def _asked(comparison: Comparison, field: Field, catalogue: Catalogue) -> str:
    value, status = comparison.value, _status(comparison, field)
    match comparison.op:
        case "at_least" | "at_most" | "below" | "younger_than":
            assert isinstance(value, int | float)
            ending = {"at_least": " 이상", "at_most": " 이하", "below": " 미만"}
            unit = f"{comparison.currency} " if comparison.currency else ""
            return f"{unit}{value:,.12g}" + ending.get(comparison.op, "년 미만")
        case "is" | "has":
            assert isinstance(value, tuple)
            below = " 또는 그 하위" if comparison.op == "has" else ""
            return f"{_one_of(_code(each, field, catalogue) for each in value)}{below}"
        case "within":
            return f"{_place(comparison.place, catalogue)} 소재"
        case "holds":
            return f"{_one_of(comparison.schemes) or '종류 무관'}{status}"
        case _:
            names = [catalogue.name_of(each)["ko"] for each in comparison.institutions]
            if comparison.place:
                names.append(f"{_place(comparison.place, catalogue)} 소재 기관")
            return f"{_one_of(names)}{status}"


def _one_of(names: Iterable[str]) -> str:
    listed = [*names]
    return ", ".join(listed) + (" 중 하나" if len(listed) > 1 else "")


def _code(code: str, field: Field, catalogue: Catalogue) -> str:
    if field.facet is not None:
        return catalogue.vocabulary.label(field.facet, code, "ko")
    return field.codes[code][0]


def _status(comparison: Comparison, field: Field) -> str:
    return f" ({field.codes[comparison.status][0]})" if comparison.status else ""


def _place(place: str | None, catalogue: Catalogue) -> str:
    return catalogue.vocabulary.label("place", place or "", "ko")
