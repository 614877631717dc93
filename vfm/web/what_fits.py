"""Which provision fits a child: what matches need, year group and tier and would be no repeat. It suggests; people decide."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from vfm.costing.calendar import AcademicYear, day_words
from vfm.costing.intervention import Tier
from vfm.pupils.pupil import NEED_TYPES, Pupil
from vfm.store.costed import costed_year
from vfm.store.programmes import ProgrammeRow, catalogue_of
from vfm.store.provision import InterventionRow
from vfm.store.pupils import pupils_of
from vfm.store.rows import rows_of
from vfm.store.taken import taken_by
from vfm.value.fits import OFFERED_TIERS, first_tier, fits
from vfm.value.offers import Known, Rank
from vfm.web.bank import library
from vfm.web.by_pupil import about
from vfm.web.database import db
from vfm.web.fields import Form, Menu
from vfm.web.naming import entry_of
from vfm.web.offer_words import RANKS, now_words, shown, tried_words
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import page_of
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import today

pages = Blueprint("what_fits", __name__, url_prefix=f"{ADDRESS}/pupils/<int:pupil>/what-fits")
IN_FULL = 60
"""Ours: more of one kind than a page can be read with stand there by name; the library is far from it in any one area."""


class TierForm(Form):
    """Which tier to look in. It is sent as an address."""

    class Meta:
        csrf = False

    tier = Menu("Tier")


@pages.get("/")
@permit(Permission.REVIEW)
def of_pupil(year: int, pupil: int) -> ResponseReturnValue:
    """What fits one pupil. Names are for leadership and the SENCO, who alone come here."""
    review_or_404(year)
    child = pupils_of(db(), here().school.id, year).get(str(pupil))
    if child is None or child.erased:
        abort(404)
    known, tier = _known(child, year), _tier(child)
    found = fits(known, tier)
    return render_template(
        "provision/what_fits.html", at=here(), year=AcademicYear(year), pupil=child, about=about(child), back=page_of(year, pupil),
        second=NEED_TYPES[child.second_need].words if child.second_need else "", form=_form(tier), tier=tier.value, in_full=IN_FULL,
        groups=[(RANKS[rank], [shown(each, known, year) for each in found.suggestions if each.offer.rank is rank]) for rank in Rank],
        tried=[tried_words(each) for each in found.tried], now=[now_words(each, known.day) for each in found.now],
        other_years=found.other_years, day=day_words(known.day), needless=_needless(child),
    )  # fmt: skip


def _tier(child: Pupil) -> Tier:
    asked = next((tier for tier in OFFERED_TIERS if tier.value == request.args.get("tier", "")), None)
    return asked or first_tier(child.status)


def _form(tier: Tier) -> TierForm:
    form: Any = TierForm(formdata=None, tier=tier.value)
    form.tier.choices = [SelectChoice(each.value, each.value.capitalize()) for each in OFFERED_TIERS]
    return form  # type: ignore[no-any-return]


def _known(child: Pupil, year: int) -> Known:
    """Everything that is known for the pupil today, or on the day of the review's year that is nearest to today."""
    school, term = here().school.id, AcademicYear(year)
    own = catalogue_of(db(), school)
    held = {str(row.id): entry for row in rows_of(db(), ProgrammeRow, school) if (entry := entry_of(row))}
    return Known(
        pupil=child,
        day=min(max(today(), term.first_day), term.last_day),
        costed=costed_year(db(), school, term, pupils_of(db(), school, year), leadership=here().leads).actual,
        taken=taken_by(db(), school, int(child.id), year, own),
        own=own,
        library=library(),
        held=held,
        entries={str(row.id): row.entry for row in rows_of(db(), InterventionRow, school, year=year)},
    )


def _needless(child: Pupil) -> str:
    """What to say where the need tells no area."""
    if not child.need:
        return "No primary need is recorded, so programmes for every area of need are shown."
    need = NEED_TYPES[child.need]
    return "" if need.area else f"{need.words} belongs to no one area of need, so more than one area may be shown."
