"""Which programme each intervention of the made-up schools follows: most are in the library, some are a school's own."""

from sqlalchemy.orm import Session

from vfm.costing.catalogue import Catalogue
from vfm.demo.provision import Line
from vfm.store.audit import By
from vfm.store.programmes import ProgrammeRow, add_from_library
from vfm.store.rows import add_row, rows_of

FOLLOWS = {
    "Phonics catch-up, Year 1": "phonics-catch-up-group",
    "Phonics catch-up, Year 2": "little-wandle-rapid-catch-up",
    "Phonics groups": "phonics-catch-up-group",
    "Precision teaching of common words": "precision-teaching",
    "Reading aloud to a volunteer": "volunteer-readers",
    "Small-group reading, Year 4": "reciprocal-reading",
    "Small-group reading, Year 5": "reciprocal-reading",
    "Reading for meaning, Year 7": "reciprocal-reading",
    "Paired reading with Year 6": "paired-reading",
    "Number sense, Year 3": "1stclass-number-2",
    "Number sense, Year 6": "maths-booster-group",
    "Numeracy, Year 8": "maths-booster-group",
    "Handwriting and letter formation": "handwriting-group",
    "Sensory circuits before school": "sensory-circuits",
    "Fine motor skills with putty and pegs": "fine-motor-group",
    "Language groups in Reception": "nuffield-early-language-intervention",
    "Speech sounds, from the therapist's plan": "speech-and-language-programme",
    "Speech and language therapist": "speech-and-language-therapist-visit",
    "Social stories and comic strips": "social-stories",
    "Lunchtime club for quiet play": "lunchtime-support",
    "Supervised lunch for two pupils": "lunchtime-support",
    "Emotional literacy support": "elsa",
    "Drawing and talking": "drawing-and-talking",
    "Nurture group": "nurture-group",
    "One adult for one pupil, mornings": "one-to-one-support-from-an-ehc-plan",
    "One adult for one pupil, whole day": "one-to-one-support-from-an-ehc-plan",
    "Support in class, Year 5 mathematics": "in-class-ta-support",
    "Dyslexia lessons": "Spelling lessons by our specialist teacher",
    "Touch typing": "touch-typing",
    "English for new arrivals": "English for new arrivals",
    "Physiotherapy exercises": "physio-or-ot-programme",
    "Toileting and personal care": "personal-care",
    "Moving up to secondary school": "transition-support",
    "Homework club": "homework-club",
    "Mentoring, Years 9 to 11": "learning-mentor",
    "Intensive interaction": "intensive-interaction",
    "Hydrotherapy": "Hydrotherapy",
    "Signing and symbols": "makaton",
    "Travel training": "Travel training",
}
UNUSED = ("lexia-core5-reading", "toe-by-toe")


def programme_of(db: Session, school_id: int, line: Line, library: Catalogue, by: By) -> int:
    """The id of the programme that a line follows, on the school's list from then on."""
    followed = FOLLOWS[line.name]
    there = {row.library or row.name: row.id for row in rows_of(db, ProgrammeRow, school_id)}
    if followed in there:
        return there[followed]
    if followed in library.by_key:
        return add_from_library(db, school_id, library.by_key[followed], by).id
    return add_row(db, ProgrammeRow, school_id, by, "programme", name=followed, tier=line.tier, need=line.need).id


def add_unused(db: Session, school_id: int, library: Catalogue, by: By) -> None:
    """Programmes that a school has bought and uses with nobody."""
    for key in UNUSED:
        add_from_library(db, school_id, library.by_key[key], by)
