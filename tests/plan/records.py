"""Records of pupils, made by hand: one of many years, one of nothing, and small ones for groups of one and two."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

from vfm.costing.calendar import AcademicYear
from vfm.costing.intervention import Result, Tier, TimeKind
from vfm.costing.sharing import Basis
from vfm.plan.pack import Pack, Reader
from vfm.plan.pack_make import Asked, make_pack
from vfm.pupils.pupil import Pupil, SenStatus
from vfm.value.noticed import Evidence, Noticed
from vfm.value.pupil_record import How, PupilRecord, PupilReview, PupilYear, Received, Support, View, Voice
from vfm.value.repeats import THIRD_YEAR

TODAY = dt.date(2026, 11, 24)
TOM = Pupil("1", "Tomos Wyn-Jones", year=5, status=SenStatus.EHC_PLAN)
BASES = (Basis.SHARED, Basis.BY_PLACE, Basis.STATED, Basis.SHARED)
NAMES = ("Phonics catch-up", "Speech sounds group", "Help in mathematics lessons", "Lunchtime friendship group")
LONG = "He reads words of five letters by sounding them out, and asks for help when a word does not make sense to him. "


def support(year: int = 2026, name: str = "Phonics catch-up", **more: Any) -> Support:
    """An hour a week over a year, for the pupil alone unless `group` says otherwise, at £22 an hour."""
    term = AcademicYear(year)
    usual: dict[str, Any] = {
        "line": f"{year}-{name}", "name": name, "programme": "", "tier": Tier.TARGETED, "need": "Cognition and learning",
        "kind": TimeKind.INTERVENTION, "given_by": ("TA level 2",), "group": 1, "basis": Basis.SHARED, "first": term.first_day,
        "last": term.last_day, "planned": Fraction(38), "run": Fraction(36), "received": Received(Fraction(36) * 93 / 100, How.ESTIMATED),
        "cost": Fraction(83600), "methods": ("actual cost, stated",),
    }  # fmt: skip
    return Support(**(usual | more))


def one_year(*supports: Support, start: int = 2026, **more: Any) -> PupilYear:
    """A year of Year 5 with some supports."""
    usual: dict[str, Any] = {
        "start": start, "words": AcademicYear(start).words, "year_group": 5 - (2026 - start), "status": SenStatus.EHC_PLAN, "need": "",
        "supports": supports,
    }  # fmt: skip
    return PupilYear(**(usual | more))


def record(*years: PupilYear) -> PupilRecord:
    return PupilRecord(TOM, years)


def asked(of: PupilRecord, **more: Any) -> Asked:
    """A full pack with cost of every year, unless said otherwise."""
    usual: dict[str, Any] = {
        "school": "Ysgol Tŷ Bryn", "called": of.pupil.name, "number": 2, "reference": "TY-BRYN-7F3A9C21-2", "made_on": TODAY,
        "reader": Reader.FULL, "with_cost": True, "years": [year.start for year in of.years],
        "ask": "the SENCO, through the school office", "made_by": "The SENCO",
    }  # fmt: skip
    return Asked(**(usual | more))


def pack_of(of: PupilRecord, **more: Any) -> Pack:
    return make_pack(of, asked(of, **more))


def many_years(years: int = 10) -> PupilRecord:
    """Four lines a year, with everything that a line, a year and a meeting can hold."""
    made = tuple(_full_year(2026 - back) for back in range(years))
    return PupilRecord(replace(TOM, year=13), tuple(replace(each, year_group=each.start - 2013) for each in made))


def _full_year(start: int) -> PupilYear:
    term = AcademicYear(start)
    views = (
        View(Voice.PUPIL, dt.date(start + 1, 3, 4), "I like it when we read about trains. I do not like missing art.", True),
        View(Voice.PARENT, dt.date(start + 1, 3, 6), LONG * 2, start % 2 == 0),
    )  # fmt: skip
    rows = tuple(
        Evidence((AcademicYear(y).words, NAMES[0], "Partly met", "Continue: gains were seen, and the next stage is planned"), y, "x")
        for y in range(2017, start + 1)
    )  # fmt: skip
    repeated = Noticed(THIRD_YEAR, ("1",), (), f"Phonics catch-up. In {len(rows)} academic years.", "1", (), rows)
    return PupilYear(
        start=start, words=term.words, year_group=5, status=SenStatus.EHC_PLAN if start > 2019 else SenStatus.SEN_SUPPORT,
        need="Specific learning difficulty" if start == 2026 else "", supports=tuple(_line(start, place, views) for place in range(4)),
        asked=Fraction(570) if start == 2026 else None, attendance=Fraction(931, 10) if start > 2018 else None, views=views[1:],
        reviews=(PupilReview(dt.date(start + 1, 2, 12), "Annual review of the EHC plan", "Parent, SENCO, class teacher", LONG * 3),),
        noticed=(repeated,) if len(rows) > 2 else (),
    )  # fmt: skip


def _line(start: int, place: int, views: tuple[View, ...]) -> Support:
    term = AcademicYear(start)
    received = (
        Received(Fraction(35), How.RECORDED),
        Received(Fraction(3351, 100), How.ESTIMATED),
        Received(None, How.NOT_SHOWN),
    )
    return support(
        start, NAMES[place], programme="Sounds-Write" if place == 0 else "", tier=list(Tier)[(place + 1) % 3], kind=list(TimeKind)[place],
        group=(1, 2, 6, 4)[place], basis=BASES[place], how_often="3 times a week, 20 minutes each" if place < 2 else "",
        last=term.last_day if place else dt.date(start + 1, 2, 14), cost=Fraction(100_000 + 7919 * place * start, 7),
        received=received[place % 3], withdrawn=place < 2, withdrawn_why="the room is quiet" if place == 1 else "", lesson="Art" if place == 0 else "",
        intended="Reads words of five letters without help, in three texts that are new to him." if place < 3 else "",
        result=(Result.MET, Result.PARTLY, Result.NOT_MET, None)[place], decision="Continue" if place == 0 else "",
        because="gains were seen in both terms, and the next stage is planned" if place == 0 else "",
        reviewed_on=dt.date(start + 1, 6, 30) if place == 0 else None, reviewed_by="the SENCO" if place == 0 else "",
        rate_missing=("Speech therapist",) if place == 1 and start == 2018 else (), estimated=start == 2026,
        methods=("actual cost, stated", "published pay point, in place of a rate that is not shown")[: 1 + place % 2],
        views=views if place == 0 else (),
    )  # fmt: skip
