"""The line of a message: within the table that it names, whatever else bears the same name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.catalogue.locating import line_of

_FILE = """\
id = "hub"
name = { ko = "허브", en = "Hub" }

[[source]]
id = "space"
url = "https://example.org"

[[source]]
id = "fees"
as_of = "2026-13"

[[offer]]
id = "space"
name = { ko = "공간", en = "Space" }
sources = ["space"]

[[offer]]
id = "space"
strength = 2

[[rule]]
id = "cap"
offers = ["spice"]
label = { ko = "상한: 1", en = "Cap: at most 1" }
requires = { all = [
  { field = "trl", op = "at_most", value = 1 },
  { field = "tlr", op = "at_most", value = 1 },
] }
case = [
  { name = "at most", tenant = { trl = "1" }, verdict = "met" },
  { name = "above", tenant = { trl = "2" }, verdict = "not_met" },
]

[[fact]]
topic = "fee"
text = { ko = "무료", en = "Free: nothing is asked" }
source = "fees"

[[fact]]
offers = ["spice"]
text = { ko = "월 1달러", en = "A dollar's worth: one a month" }

[part.boston]
ko = "보스턴"
"""


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("key 'kind' is missing", 1),
        ("name: key 'ko' is missing", 2),
        ("source 'space': key 'as_of' is missing", 5),
        ("source 'fees': as_of '2026-13' is not a date", 10),
        ("offer 'space': name: key 'ko' is missing", 14),
        ("offer 'space' appears twice", 18),
        ("hub/space: an active offer has no places", 13),
        ("rule 'cap': offer 'hub/spice' does not exist", 23),
        ("rule 'cap': requires: all 2: key 'value' is missing", 27),
        ("rule 'cap': field 'tlr' is no field of the tenant list", 27),
        ("rule 'cap': trl at_most: needs `value`, a number", 26),
        ("rule 'cap': case 'above': it is met, not not_met", 31),
        ("rule 'cap': case 'above': there is no key 'tenant'", 31),
        ("rule 'cap' has no cases", 22),
        ("fact 2: key 'source' is missing", 39),
        ("fact 2: text: key 'ko' is missing", 41),
        ("fact 'Free: nothing is asked': source 'fees' is not in the file", 37),
        ("fact \"A dollar's worth: one a month\": offer 'hub/spice' does not exist", 40),
        ("part: boston: key 'at' is missing", 43),
        ("nothing of this stands here", 1),
    ],
)
def test_the_line_is_that_of_the_thing_named_last(what, line):
    assert line_of(what, _FILE) == line


_MESSAGES = st.lists(
    st.sampled_from(
        (": ", "offer", "'space'", "'a\\", "\\x0...'", '"it', " is not ", "fact 9", "[", "(", "/")
    )
    | st.sampled_from(("there is no key ", "bridge from ", "' to '", " appears twice"))
    | st.sampled_from((" stands twice", " is missing"))
    | st.text(max_size=4),
    max_size=9,
).map("".join)


@given(_MESSAGES, st.just(_FILE) | st.text())
def test_any_message_has_a_line_of_the_file(what, text):
    assert 1 <= line_of(what, text) <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("bridge from 'a' to 'c': 'c' is no partner or institution", 7),
        ("bridge from 'a' to 'b': 'visit' stands twice", 10),
        ('bridge 3: as_of 7 is not a date or "undated"', 12),
        ("bridge 2: as_of 'May' is not a date (YYYY, YYYY-MM or YYYY-MM-DD) or \"undated\"", 8),
    ],
)
def test_a_bridge_is_found_by_both_its_ends(what, line):
    text = """[[bridge]]
from = "a"
to = "b"

[[bridge]]
from = "a"
to = "c"
as_of = "May"
[[bridge]]
from = "a"
to = "b"
as_of = "undated"
"""
    assert line_of(what, text) == line


def test_a_value_that_a_message_cuts_short_is_found_by_its_beginning():
    text = 'id = "a"\n\n[[fact]]\ntopic = "a very long word that nobody would read to its end"\n'
    assert line_of("fact 1: topic 'a very long w...ad to its end' is not one of fee", text) == 4
