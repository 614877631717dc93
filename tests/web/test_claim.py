"""What the authority accepts, and the claim view of a pupil, as leadership and the SENCO see them."""

import re
from typing import Any

import pytest

from tests.web.entering import begin, intervention, pupil, put, role, stated
from tests.web.forms import RUBBISH, fields_of, refused, words
from tests.world import World

WEEKLY = {"sessions_a_week": "1", "weeks": "38"}
ACCEPTED = {"other_costs": "yes", "division": "as-on-map"}
ROW = re.compile(r'<tr class="govuk-table__row[^>]*>(.*?)</tr>', re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


class Claims:
    """Oak with two pupils who share an hour a week of a TA, and one of them with lunch and a mentor as well."""

    def __init__(self, world: World) -> None:
        self.world, self.head = world, begin(world)
        self.home = f"{world.home}claims/"
        both: dict[str, str] = {"authority_method": "stated"}
        self.ta = role(world, self.head, "TA", authority_per_hour="16", **both)
        self.lunch = role(world, self.head, "Lunch", authority_per_hour="12.01", **both)
        self.mentor = stated(world, self.head, "Mentor", "25")
        self.ann, self.ben = pupil(world, self.head, "Ann"), pupil(world, self.head, "Ben")
        self.add("Reading", self.ta, self.ann, self.ben)
        self.add("Lunch club", self.lunch, self.ann, time_kind="lunchtime")
        self.add("Mentoring", self.mentor, self.ann)

    def add(self, name: str, giver: int, *pupils: int, **fields: str) -> int:
        it = intervention(self.world, self.head, name, giver, **(WEEKLY | fields))
        chosen = {f"in-{each}": "y" for each in pupils}
        put(self.head, f"{self.world.home}provision-map/{it}/pupils", **chosen)
        return it

    def rules(self, **fields: Any) -> None:
        page = self.head.get(self.home + "rules").text
        version = re.search(r'name="version" value="(\d+)"', page)
        assert version is not None
        put(self.head, self.home + "rules", version=version[1], **(ACCEPTED | fields))

    def of(self, who: int) -> str:
        return words(self.head.get(f"{self.home}{who}").text)

    def table(self, who: int, caption: str) -> list[list[str]]:
        part = self.of(who).partition(f'id="{caption}"')[2].partition("</table>")[0]
        return [[re.sub(r"<[^>]+>", "", cell) for cell in CELL.findall(row)] for row in ROW.findall(part)][1:]


@pytest.fixture
def claims(world: World) -> Claims:
    return Claims(world)


def pence(text: str) -> int:
    return round(float(text.replace("£", "").replace(",", "")) * 100)


def test_a_claim_lists_its_lines_and_what_has_no_rate(claims: Claims) -> None:
    assert claims.table(claims.ann, "claimed") == [
        ["Reading", "1 hour", "£304.00"],
        ["Lunch club", "1 hour", "£456.38"],
        ["Total", "2 hours", "£760.38"],
    ]
    left = claims.table(claims.ann, "left-out")
    assert left[0] == ["Mentoring", "Mentor: the authority's card has no rate for this role", "Not known"]
    assert claims.table(claims.ben, "claimed")[-1] == ["Total", "1 hour", "£304.00"]
    assert "Nothing of this pupil’s provision was left out" in claims.of(claims.ben)


def test_rules_leave_out_and_say_why(claims: Claims) -> None:
    claims.rules(kinds=["lunchtime"], roles=[str(claims.mentor)], weeks="36")
    assert claims.table(claims.ann, "claimed")[-1] == ["Total", "1 hour", "£288.00"]
    assert claims.table(claims.ann, "left-out") == [
        ["Reading", "TA: weeks beyond the 36 that count", "£16.00"],
        ["Lunch club", "This kind of time is not accepted", "£456.38"],
        ["Mentoring", "Mentor: time of this role is not accepted", "Not known"],
        ["Left out, as far as known", "", "£472.38"],
    ]
    page = claims.of(claims.ann)
    assert "Lunchtime support" in page
    assert "36 weeks" in page


def test_caps_are_rows_and_the_printed_rows_add_up(claims: Claims) -> None:
    claims.add("More reading", claims.ta, claims.ann, claims.ben, sessions_a_week="1.37")
    claims.rules(most_hours="1.1", most="333.33")
    table = claims.table(claims.ann, "claimed")
    assert [row[0] for row in table[-3:]] == [
        "Less: hours above 1.1 a week, at their mean cost", "Less: above £333.33 a year", "Total",
    ]  # fmt: skip
    assert sum(pence(row[2]) for row in table[:-1]) == pence(table[-1][2]) == 33333
    assert all(pence(row[2]) < 0 for row in table[-3:-1])
    assert [row[1] for row in table[-3:]] == ["minus 2 hours 16 minutes", "", "1 hour 6 minutes"]


def test_the_list_sets_each_claim_beside_the_line_and_says_what_the_line_is_not(claims: Claims) -> None:
    claims.add("Full time", claims.ta, claims.ben, sessions_a_week="10")
    page = words(claims.head.get(claims.home).text)
    assert "£384.00 above" in page
    assert "£5,239.62 below" in page
    assert "not owed to a pupil, and not a condition" in page
    assert "authority's rate, stated" in page
    assert "Nobody has entered the authority’s rules yet" in page


def test_the_authority_may_divide_a_group_equally_and_the_rules_are_shown_again(claims: Claims) -> None:
    claims.rules(division="equally", most="9,000", kinds=["lunchtime", "transition"], roles=[str(claims.ta)])
    page = claims.head.get(claims.home + "rules").text
    assert re.search(r'value="equally" checked', page)
    assert 'value="9,000.00"' in page
    assert len(re.findall(r"type=\"checkbox\" value=\"[^\"]+\" checked", page)) == 3
    claims.rules(kinds=[], roles=[])
    assert 'checkbox" value="lunchtime" checked' not in claims.head.get(claims.home + "rules").text


def test_rubbish_in_the_rules_is_refused_beside_its_field(claims: Claims) -> None:
    names = fields_of(claims.head.get(claims.home + "rules").text)
    assert {"weeks", "kinds", "roles", "other_costs", "most_hours", "most", "division"} <= set(names)
    for typed in RUBBISH:
        refused(claims.head.send(claims.home + "rules", **dict.fromkeys(names, typed)))
    for field, typed in (("weeks", "54"), ("most_hours", "169"), ("weeks", "0"), ("most", "-1")):
        page = refused(claims.head.send(claims.home + "rules", **(ACCEPTED | {"version": "0", field: typed})))
        assert f'href="#{field}"' in page
        assert f'value="{typed}"' in page


def test_who_saves_the_rules_second_is_told_and_keeps_what_was_typed(claims: Claims) -> None:
    claims.rules(weeks="38")
    answer = claims.head.send(claims.home + "rules", version="0", weeks="36", **ACCEPTED)
    assert "A colleague changed these rules" in refused(answer)
    assert 'value="36"' in answer.text
    version = re.search(r'name="version" value="(\d+)"', answer.text)
    assert version is not None
    put(claims.head, claims.home + "rules", version=version[1], weeks="36", **ACCEPTED)
    assert "36 weeks" in claims.of(claims.ann)


def test_a_pupils_row_leads_to_the_claim_and_a_strangers_is_not_found(claims: Claims) -> None:
    assert f"claims/{claims.ann}" in claims.head.get(claims.world.home + "pupils/").text
    for who in ("5", str(1 << 63)):
        assert claims.head.get(claims.home + who).status_code == 404


def test_the_senco_sees_the_same_claim_as_leadership(claims: Claims) -> None:
    senco = claims.world.signed_in("senco")
    token = re.compile(r'csrf_token" value="[^"]+"|nonce="[^"]+"|(Leadership|Senco) Person')
    claims.head.get(claims.home)  # takes away what was said of the last row that was saved
    for page in ("", str(claims.ann)):
        theirs, ours = (who.get(claims.home + page).text for who in (senco, claims.head))
        assert token.sub("", theirs) == token.sub("", ours)


def test_a_pupil_in_nothing_has_an_empty_claim(claims: Claims) -> None:
    nobody = pupil(claims.world, claims.head, "Cyprian Nobody")
    assert claims.table(nobody, "claimed") == [["Total", "0 minutes", "£0.00"]]
    claims.head.get(claims.home)
    assert "Cyprian" not in claims.head.get(claims.home).text
