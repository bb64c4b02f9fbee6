"""What is wrong with a list, in the words of one language."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.errors import Phrase, Problem
from matcher.reports import labels

_KOREAN = {
    # cells
    "{text!r} is not a date": "{text!r}: 날짜로 읽을 수 없음",
    "{text!r} is not a date of the calendar": "{text!r}: 달력에 없는 날짜",
    "{text!r} is not a date of our time": "{text!r}: 1900~2100년을 벗어난 날짜",
    "write YYYY-MM-DD, YYYY-MM or YYYY": "YYYY-MM-DD, YYYY-MM, YYYY 가운데 하나로 기재",
    "{value} lies after {as_of}": "{value}: 기준일 {as_of} 이후의 날짜",
    "check the year": "연도 확인",
    "{text!r} is not a TRL": "{text!r}: TRL로 읽을 수 없음",
    "TRL {text!r} is a range upside down": "TRL {text!r}: 범위의 앞뒤가 바뀜",
    "TRL {text!r} is outside 1 to 9": "TRL {text!r}: 1~9를 벗어남",
    "write 1 to 9, or a range such as 4~5": "1~9 또는 4~5와 같은 범위로 기재",
    "{text!r} is not a device class": "{text!r}: 의료기기 등급으로 읽을 수 없음",
    "write 1 to 4 (Korean scale)": "국내 등급 1~4로 기재",
    "{text!r} is not a whole number": "{text!r}: 정수로 읽을 수 없음",
    "write digits, such as 14 or 14명": "14 또는 14명과 같이 숫자로 기재",
    "{text!r} is not a share in per cent": "{text!r}: 비율(%)로 읽을 수 없음",
    "write 0 to 100, such as 35%": "35%와 같이 0~100으로 기재",
    "{text!r} is not an amount of money": "{text!r}: 금액으로 읽을 수 없음",
    "{text!r} has no unit, or one that is not known": "{text!r}: 단위가 없거나 알 수 없는 단위",
    "{text!r} is a range upside down": "{text!r}: 범위의 앞뒤가 바뀜",
    "write the unit: 85억원, 1,200백만원, USD 9.5M": "단위까지 기재: 85억원, 1,200백만원, USD 9.5M",
    "{word!r} is not known; kept as text": "{word!r}: 용어집에 없는 말, 적힌 그대로 둠",
    "did you mean {near}?": "혹시 {near}?",
    "see `matcher vocabulary`": "용어는 `matcher vocabulary`로 확인",
    # rows
    "is empty": "비어 있음",
    "none of {labels} is filled": "{labels} 가운데 적힌 것이 없음",
    "fill the cell; the row is listed and not ranked": "칸을 채울 것; 목록에 남고 추천은 없음",
    "{tenant_id!r} appears again; this row goes on as {again!r}": (
        "{tenant_id!r}: 앞의 행과 같은 관리번호, 이 행은 {again!r}로 이어 감"
    ),
    "give each company an id of its own": "기업마다 다른 관리번호를 부여",
    "{aside}; it is no tenant": "{aside}, 기업이 아님",
    "is blank": "빈 행",
    "repeats the header": "머리글이 되풀이된 행",
    "is a total": "합계 행",
    "is a note or a heading": "주석이나 제목 행",
    "{count} personal string masked": "개인정보 {count}건 가림",
    "{count} personal strings masked": "개인정보 {count}건 가림",
    # columns and files
    "personal column dropped": "개인정보 열을 읽지 않음",
    "is no field of the tenant list; it is left out": "목록의 항목이 아니어서 읽지 않음",
    "add the header to headers.toml if it is one": "항목이 맞으면 headers.toml에 머리글을 추가",
    "was read as CP949": "CP949로 읽음",
    "columns {headers} both claim {field}": "{headers}: 모두 {field} 항목의 머리글",
    'say which with --map "{header}={field}", or rename one': (
        '--map "{header}={field}"로 지정하거나 한쪽의 이름을 바꿀 것'
    ),
}


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem of a list as a reader sees it.

    `place` is where to go to mend it; it is empty where the whole list is meant.
    """

    label: str
    place: str
    sheet: str
    row: int | None
    column: str
    what: str
    hint: str
    blocking: bool

    @property
    def note(self) -> str:
        """What is wrong, and what to do about it."""
        return f"{self.what} ({self.hint})" if self.hint else self.what

    @property
    def text(self) -> str:
        """The note and where to go."""
        return f"{self.place}: {self.note}" if self.place else self.note


def problem_line(problem: Problem, language: str) -> ProblemLine:
    """Return a problem in the words of a language."""
    row = "" if problem.row is None else f"{problem.row}행"
    return ProblemLine(
        label=labels.PROBLEMS[problem.kind][language],
        place=", ".join(filter(None, (problem.sheet, row, problem.column)))
        if language == "ko"
        else problem.place,
        sheet=problem.sheet or "",
        row=problem.row,
        column=problem.column or "",
        what=said(problem.what, language),
        hint=said(problem.hint, language),
        blocking=problem.blocking,
    )


def said(phrase: str, language: str) -> str:
    """Return a phrase in a language; English where there is no other."""
    template, values = phrase, {}
    if isinstance(phrase, Phrase):
        template = phrase.template
        values = {
            name: said(value, language) if isinstance(value, Phrase) else value
            for name, value in phrase.values.items()
        }
    if language != "ko" or template not in _KOREAN:
        return str(phrase)
    return _KOREAN[template].format(**values)
