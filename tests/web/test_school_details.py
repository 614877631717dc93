"""A school's details from an extract of the national register: found, looked at, taken over by leadership."""

import re
from typing import Any

from tests.web.forms import words
from tests.web.sheets import EDGE
from tests.world import Visitor, World, checked, find_token
from vfm.store.accounts import SchoolRow

OTHERS = [f"Column {number}" for number in range(1, 129)]
HEADINGS = ["URN", "EstablishmentName", "TypeOfEstablishment (name)", "EstablishmentTypeGroup (name)", *OTHERS,
            "StatutoryLowAge", "StatutoryHighAge", "TypeOfResourcedProvision (name)"]  # fmt: skip


def row(urn: str, name: str, kind: str = "Academy converter", group: str = "Academies", unit: str = "SEN unit") -> str:
    return ",".join(f'"{cell}"' for cell in (urn, name, kind, group, *[""] * 128, "3", "11", unit))


def extract(*rows: str) -> bytes:
    return "\r\n".join((",".join(HEADINGS), *rows)).encode("cp1252")


OAK, SIAN = row("100001", "Oak & Ash <School>"), row("100002", "Ysgol Siân", unit="Not applicable")


def send(visitor: Visitor, world: World, data: bytes, urn: str = "") -> Any:
    address = f"/school/{world.school.slug}/details/"
    token = find_token(visitor.get(address).text)
    body = b"".join(
        b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % (EDGE, field, more, each)
        for field, more, each in (
            (b"csrf_token", b"", token.encode()), (b"urn", b"", urn.encode()), (b"file", b'; filename="gias.csv"', data)
        )
    )  # fmt: skip
    kind = f"multipart/form-data; boundary={EDGE.decode()}"
    return checked(visitor.client.post(address, data=body + b"--%s--\r\n" % EDGE, content_type=kind))


def plain_words(page: str) -> str:
    """A page without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", words(page)).split())


def school(world: World) -> SchoolRow:
    with world.app.extensions["vfm_database"].read() as db:
        return db.get_one(SchoolRow, world.school.id)  # type: ignore[no-any-return]


def test_135_columns_in_windows_letters_are_found_by_name_seen_and_taken_over_once(world: World) -> None:
    assert len(HEADINGS) == 135
    head = world.signed_in("leadership")
    answer = send(head, world, extract(SIAN, OAK))
    page = plain_words(head.get(answer.location).text)
    assert "Youngest pupils' age 4 3" in page and "SEN unit or resourced provision" not in page
    assert school(world).urn is None, "nothing is changed before it was seen"
    assert head.send(answer.location).status_code == 302
    found = school(world)
    assert (found.urn, found.academy, found.lowest_age, found.kind) == ("100001", True, 3, "mainstream")
    assert "There is nothing to change" in words(head.get(send(head, world, extract(SIAN, OAK)).location).text)


def test_a_number_finds_the_school_whatever_it_is_called(world: World) -> None:
    head = world.signed_in("leadership")
    page = words(head.get(send(head, world, extract(SIAN, OAK), "100002").location).text)
    assert "Ysgol Siân" in page


def test_what_cannot_be_found_or_read_is_said_beside_the_field(world: World) -> None:
    head = world.signed_in("leadership")
    for data, urn, said in (
        (extract(SIAN), "", "it has no school called Oak & Ash <School>"),
        (extract(OAK, OAK), "", "it has 2 schools called"),
        (extract(OAK), "999999", "no school with the number 999999"),
        (b"Name,Year\nAda,4\n", "", "it is not an extract"),
        (extract(OAK), "12", "The number must be six figures"),
    ):
        answer = send(head, world, data, urn)
        assert answer.status_code == 400 and said in words(answer.text), words(answer.text)


def test_who_is_not_leadership_may_not(world: World) -> None:
    assert world.signed_in("senco").get(f"/school/{world.school.slug}/details/").status_code == 403
