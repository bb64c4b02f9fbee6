"""What is wrong with a list, in the words of one language."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.errors import Phrase, Problem
from matcher.reports import labels

_KOREAN = {
    # cells
    "{text!r} is not a date": "‘{text}’: 날짜로 읽을 수 없음",
    "{text!r} is not a date of the calendar": "‘{text}’: 달력에 없는 날짜",
    "{text!r} is not a date of our time": "‘{text}’: 1900~2100년을 벗어난 날짜",
    "write YYYY-MM-DD, YYYY-MM or YYYY": "YYYY-MM-DD, YYYY-MM, YYYY 가운데 하나로 기재",
    "{value} lies after {as_of}": "{value}: 기준일 {as_of} 이후의 날짜",
    "check the year": "연도 확인",
    "{text!r} is not a TRL": "‘{text}’: TRL로 읽을 수 없음",
    "TRL {text!r} is a range upside down": "TRL ‘{text}’: 범위의 앞뒤가 바뀜",
    "TRL {text!r} is outside 1 to 9": "TRL ‘{text}’: 1~9를 벗어남",
    "write 1 to 9, or a range such as 4~5": "1~9 또는 4~5와 같은 범위로 기재",
    "{text!r} is not a device class": "‘{text}’: 의료기기 등급으로 읽을 수 없음",
    "write 1 to 4 (Korean scale)": "국내 등급 1~4로 기재",
    "{text!r} is not a whole number": "‘{text}’: 정수로 읽을 수 없음",
    "write digits, such as 14 or 14명": "14 또는 14명과 같이 숫자로 기재",
    "{text!r} is not a share in per cent": "‘{text}’: 비율(%)로 읽을 수 없음",
    "write 0 to 100, such as 35%": "35%와 같이 0~100으로 기재",
    "{text!r} is not an amount of money": "‘{text}’: 금액으로 읽을 수 없음",
    "{text!r} has no unit, or one that is not known": "‘{text}’: 단위가 없거나 알 수 없는 단위",
    "{text!r} is a range upside down": "‘{text}’: 범위의 앞뒤가 바뀜",
    "{text!r} states several amounts": "‘{text}’: 금액이 여럿 적혀 있음",
    "write one amount, or a sum with +": "금액 하나 또는 +로 이은 합계로 기재",
    "write the unit: 85억원, 1,200백만원, USD 9.5M": "단위까지 기재: 85억원, 1,200백만원, USD 9.5M",
    "{word!r} is not known; kept as text": "‘{word}’: 용어집에 없는 낱말, 원문 유지",
    "did you mean {near}?": "혹시 {near}?",
    "see `matcher vocabulary`": "용어는 `matcher vocabulary`로 확인",
    # rows
    "is empty": "비어 있음",
    "none of {labels} is filled": "{labels} 모두 비어 있음(하나 이상 기재)",
    "fill the cell; the row is listed and not ranked": "기재 필요(목록에는 남고 추천에서 제외)",
    "{tenant_id!r} appears again; this row goes on as {again!r}": (
        "{tenant_id}: 앞의 행과 관리번호 중복, 이 행의 관리번호는 {again}(으)로 처리"
    ),
    "give each company an id of its own": "기업마다 다른 관리번호를 부여",
    "{aside}; it is no tenant": "{aside}(기업으로 읽지 않음)",
    "is blank": "빈 행",
    "repeats the header": "머리글이 되풀이된 행",
    "is a total": "합계 행",
    "is a note or a heading": "주석이나 제목 행",
    "{count} personal string masked": "개인정보 {count}건 가림",
    "{count} personal strings masked": "개인정보 {count}건 가림",
    # columns and files
    "is locked with a password": "암호가 걸려 있음",
    "save it without a password": "암호를 풀고 저장",
    "is not a CSV or XLSX table": "CSV나 XLSX 표가 아님",
    "is not a workbook that can be read": "읽을 수 없는 통합 문서",
    "is not a Parquet table that can be read": "읽을 수 없는 Parquet 표",
    "is a binary workbook (XLSB)": "바이너리 통합 문서(XLSB)",
    "is neither UTF-8 nor CP949 text": "UTF-8도 CP949도 아닌 글",
    "unpacks to more than a tenant list can be": "압축을 풀면 목록으로 볼 수 없을 만큼 큼",
    "stretches further than a tenant list can": "목록으로 볼 수 없을 만큼 넓게 퍼져 있음",
    "delete what stands far from the list": "목록에서 멀리 떨어진 칸을 삭제",
    "save it as XLSX or as CSV": "XLSX나 CSV로 저장",
    "save it as XLSX or as CSV UTF-8": "XLSX나 CSV UTF-8로 저장",
    "no row of headers was found": "머리글 행을 찾지 못함",
    "the first row should hold headers such as 기업명, 분야, 희망국가, 희망 지원분야": (
        "첫 행에 기업명, 분야, 희망국가, 희망 지원분야와 같은 머리글 기재"
    ),
    "personal column dropped": "개인정보 열을 읽지 않음",
    "is no field of the tenant list; it is left out": "목록의 항목이 아니어서 읽지 않음",
    "add the header to headers.toml if it is one": "항목이 맞으면 headers.toml에 머리글을 추가",
    "was read as CP949": "CP949로 읽음",
    "columns {headers} both claim {field}": "{names}: 모두 ‘{label}’ 항목으로 읽히는 머리글",
    'say which with --map "{header}={field}", or rename one': (
        '어느 열을 쓸지 --map "{header}={field}"(으)로 지정하거나 한쪽 머리글 변경'
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
