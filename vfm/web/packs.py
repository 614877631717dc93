"""A pupil's packs: those that were made, and making one: choose, read it as it will be, say that nobody else is named, freeze it."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from wtforms import HiddenField

from vfm.costing.calendar import AcademicYear
from vfm.documents.pack import sections
from vfm.documents.pdf.pack import pack_pdf
from vfm.plan.other_people import index_of, without
from vfm.plan.pack import FORMAT, Pack, Reader, from_json, to_json
from vfm.plan.pack_make import make_pack
from vfm.plan.record_words import Place, places_in, without_others
from vfm.store.other_people import others_than
from vfm.store.packs import OPENED, PRINTED, PackRow, keep_pack, next_pack_number, note_use, pack_of, packs_of, uses_of
from vfm.store.pupil_record import pupil_record
from vfm.store.pupils import PupilRow
from vfm.store.reviews import names_of
from vfm.store.rows import row_of
from vfm.value.pupil_record import PupilRecord
from vfm.web.about_pupil import hold_pupil
from vfm.web.database import db, end, noting, reading
from vfm.web.fields import Form, Tick, Ticks
from vfm.web.pack_choice import ChoiceForm, asked_for, choice, fits
from vfm.web.permissions import Permission, here, permit
from vfm.web.pupil_names import called
from vfm.web.register import ADDRESS
from vfm.web.review import review_or_404
from vfm.web.school import now_by, today

pages = Blueprint("packs", __name__, url_prefix=f"{ADDRESS}/pupils/<int:pupil>/packs")
CHOSEN = ("reader", "cost", "called", "years", "ask")
ASK_PLACE = "Who answers questions about it"
CHANGED = "What the pack holds is not what you read: it has changed, or you ticked another word. Read it again below"
OVERTAKEN = "A colleague made a pack of this pupil while you were reading. Look at theirs. Yours gets the next number: read it again below"
LONGEST_KEPT = 1_000


class MakeForm(Form):
    """The last look. `seen` is what was shown, so that nothing is frozen that nobody read."""

    not_names = Ticks("Words that are not a name here")
    read = Tick("I have read all of it. No other child and no member of staff can be told from it")
    seen = HiddenField()
    number = HiddenField()


@dataclass(frozen=True, slots=True)
class Draft:
    """A pack as it would be made now, and the places in which somebody else might be named."""

    pack: Pack
    places: tuple[Place, ...]

    @property
    def digest(self) -> str:
        return sha256(to_json(self.pack).encode()).hexdigest()


def _pupil_or_404(year: int, pupil: int) -> PupilRow:
    review_or_404(year)
    row = row_of(db(), PupilRow, here().school.id, pupil, erased=None) if pupil < 1 << 63 else None
    return row or abort(404)


def _record(own: Session, row: PupilRow, year: int) -> PupilRecord:
    """Always without private rates, whoever makes the pack: it leaves the school (decision 19)."""
    return pupil_record(own, row.school_id, row.id, upto=year, leadership=False, today=today()) or abort(404)


@pages.get("/")
@permit(Permission.REVIEW)
def overview(year: int, pupil: int) -> ResponseReturnValue:
    """Every pack that was made of a pupil: who made it, for whom, who printed it."""
    row = _pupil_or_404(year, pupil)
    packs = packs_of(db(), row.school_id, row.id)
    uses = uses_of(db(), packs)
    who = {each.account_id for each in packs} | {
        use.account_id for some in uses.values() for use in some if use.account_id
    }
    people = names_of(db(), who)
    readers = {each.value: each.words for each in Reader}
    return _page("packs", year, row, packs=packs, uses=uses, people=people, readers=readers)


@pages.get("/new")
@permit(Permission.REVIEW)
def new(year: int, pupil: int) -> ResponseReturnValue:
    """Chooses what a new pack holds; the answers lead to its preview."""
    row = _pupil_or_404(year, pupil)
    form = choice(row, _record(db(), row, year))
    if request.args and fits(form):
        return redirect(url_for(".preview", year=year, pupil=pupil, **_address()))
    return _page("new", year, row, form=form), 400 if form.errors else 200


def _address() -> dict[str, Any]:
    """What was chosen, as it stands in the address, and nothing else that stands there."""
    return {name: request.args.getlist(name) for name in CHOSEN if name in request.args}


@pages.route("/preview", methods=["GET", "POST"])
@permit(Permission.REVIEW)
def preview(year: int, pupil: int) -> ResponseReturnValue:
    """The pack as it would be: all of it to read, where somebody might be named, and the button that freezes it."""
    row, form = _pupil_or_404(year, pupil), MakeForm()
    draft = _draft_now(row, year, form)
    if draft is None:
        return redirect(url_for(".new", year=year, pupil=pupil, **_address()))
    if form.is_submitted() and "again" not in request.form and _may_be_made(form, draft):
        wrong = _made(row, draft, form)
        if not wrong:
            flash(f"Pack {draft.pack.number} has been made", "success")
            return redirect(url_for(".overview", year=year, pupil=pupil))
        form.read.errors, form.read.data = [wrong], False
        row = _pupil_or_404(year, pupil)
        draft = _draft_now(row, year, form) or draft
    form.seen.data, form.number.data = draft.digest, str(draft.pack.number)
    page = _page("preview", year, row, form=form, draft=draft, sections=sections(draft.pack), asked=_address())
    return page, 400 if form.errors else 200


def _draft_now(row: PupilRow, year: int, form: MakeForm) -> Draft | None:
    """The pack as it would be now; None where what was chosen cannot be made."""
    end()  # reading ten years takes a moment, in which others can save
    with reading() as own:
        record = _record(own, row, year)
        chosen = choice(row, record)
        return _draft(own, row, record, chosen, form) if fits(chosen) else None


def _draft(own: Session, row: PupilRow, record: PupilRecord, chosen: ChoiceForm, form: MakeForm) -> Draft:
    asked = asked_for(chosen, row, next_pack_number(own, row.school_id, row.id))
    index = index_of(others_than(own, row))
    wanted = replace(record, years=tuple(year for year in record.years if year.start in asked.years))
    places = places_in(wanted, index, {ASK_PLACE: asked.ask})
    form.not_names.offer((place.key, place.found) for place in places if place.word)
    words = {place.key for place in places if place.word}  # a place that is gone, or more than a word, cannot be kept
    form.not_names.data = [key for key in form.not_names.data or () if key in words]
    not_names = frozenset(form.not_names.data)
    clean = without_others(record, index, not_names)
    return Draft(make_pack(clean, replace(asked, ask=without(asked.ask, index, not_names))), places)


def _may_be_made(form: MakeForm, draft: Draft) -> bool:
    """Whether a person has read exactly this and says that nobody else is named in it."""
    valid = form.validate()
    if not form.read.data:
        form.read.errors = ["Read the pack, then tick that nobody else can be told from it"]
    elif form.number.data != str(draft.pack.number):
        form.read.errors, form.read.data = [OVERTAKEN], False
    elif form.seen.data != draft.digest:
        form.read.errors, form.read.data = [CHANGED], False
    return valid and not form.errors


def _made(row: PupilRow, draft: Draft, form: MakeForm) -> str:
    """Freezes it. Else what is wrong: a colleague's has this number already, or changed the pupil while the PDF was drawn."""
    pack, pdf = draft.pack, pack_pdf(draft.pack)
    try:
        if hold_pupil(row.id).version != row.version:
            db().rollback()
            return CHANGED
        keep_pack(
            db(), row.school_id, row.id, now_by(), number=pack.number, reader=pack.reader, with_cost=pack.with_cost, pack_format=FORMAT,
            pack=to_json(pack), pdf=pdf, no_names=_no_names(draft, form),
        )  # fmt: skip
        db().commit()
    except IntegrityError:
        db().rollback()
        return OVERTAKEN
    return ""


def _no_names(draft: Draft, form: MakeForm) -> str:
    """What a person said of words that look like names, for the audit."""
    ticked = set(form.not_names.data or ())
    said = [
        f"{place.found} ({'; '.join(place.wheres)})" for place in draft.places if place.word and place.key in ticked
    ]
    return "; ".join(said)[:LONGEST_KEPT]


def _pack_or_404(year: int, pupil: int, number: int) -> PackRow:
    row = _pupil_or_404(year, pupil)
    return (pack_of(db(), row.school_id, row.id, number) if number < 1 << 31 else None) or abort(404)


@pages.get("/<int:number>")
@permit(Permission.REVIEW)
def read(year: int, pupil: int, number: int) -> ResponseReturnValue:
    """A pack, exactly as it was made."""
    row, pack = _pupil_or_404(year, pupil), _pack_or_404(year, pupil, number)
    made = from_json(pack.pack)
    page = _page("read", year, row, pack=made, sections=sections(made))
    _note(pack, OPENED)
    return page


@pages.get("/<int:number>.pdf")
@permit(Permission.REVIEW)
def pdf(year: int, pupil: int, number: int) -> ResponseReturnValue:
    """The PDF that was made with it; who takes it is written down."""
    pack = _pack_or_404(year, pupil, number)
    name = f"record-of-provision-{from_json(pack.pack).reference.lower()}.pdf"
    _note(pack, PRINTED)
    return Response(pack.pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _note(pack: PackRow, did: str) -> None:
    by = now_by()
    end()
    with noting() as own:
        note_use(own, pack, by, did)


def _page(name: str, year: int, pupil: PupilRow, **shown: Any) -> str:
    shown = {"pupil": pupil, "name": called(pupil), "year": AcademicYear(year), "at": here()} | shown
    return render_template(f"packs/{name}.html", **shown)
