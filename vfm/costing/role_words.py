"""What schools call the people who give provision for short, and the roles that are meant."""

from collections.abc import Iterable, Mapping

from vfm.sheets.headings import plain

TA = "Teaching assistant"
SHORT = {
    TA: ("ta", "t a", "teaching asst", "classroom assistant", "general ta", "class ta"),
    f"{TA}, level 1": ("ta1", "ta 1", "ta l1", "ta level 1", "level 1 ta", "l1 ta"),
    f"{TA}, level 2": ("ta2", "ta 2", "ta l2", "ta level 2", "level 2 ta", "l2 ta"),
    f"{TA}, level 3": ("ta3", "ta 3", "ta l3", "ta level 3", "level 3 ta", "l3 ta"),
    "Higher-level teaching assistant": ("hlta", "h l t a", "higher level ta", "higher ta"),
    "Learning support assistant": ("lsa", "l s a", "learning support asst"),
    "Emotional literacy support assistant": ("elsa", "e l s a", "emotional literacy support"),
    "Speech and language therapist": (
        "salt", "slt", "s lt", "s l t", "sal t", "sa lt", "speech therapist", "speech language therapist", "speech and language",
        "speech and language therapy",
    ),
    "Educational psychologist": ("ep", "ed psych", "educational psych", "ed psychologist", "edpsych"),
    "Occupational therapist": ("ot", "occupational therapy"),
    "Physiotherapist": ("physio", "physiotherapy"),
    "Teacher": ("ct", "class teacher", "classteacher", "qualified teacher", "qts teacher", "ct teacher"),
    "Specialist teacher": ("spec teacher", "specialist teaching", "advisory teacher", "specialist advisory teacher", "sen teacher"),
    "SENCO": ("sendco", "senco", "senc", "inclusion lead", "inclusion manager", "inclusion leader"),
    "Learning mentor": ("lm", "mentor"),
    "Lunchtime supervisor": (
        "msa", "mdsa", "mda", "midday supervisor", "midday supervisory assistant", "midday assistant", "lunch supervisor",
        "lunchtime assistant",
    ),
    "Nursery nurse": ("nn", "nursery practitioner"),
    "Family support worker": ("fsw",),
}  # fmt: skip
TEACHERS = frozenset({"Teacher", "Specialist teacher", "SENCO"})
"""Roles whose hours are counted as a teacher's, until the school says otherwise."""
NAMES = {word: role for role, words in SHORT.items() for word in (plain(role), *words)}


def spelt_out(word: str) -> str:
    """The role that a word is short for: Teaching assistant for TA, TAs or T.A.; any other word as it was written."""
    return NAMES.get(_single(word), word)


def role_key(word: str) -> str:
    """The same for all words that mean one role."""
    return plain(spelt_out(word))


def suggested(word: str, ours: Mapping[str, str]) -> str:
    """Which of the school's roles (names by key) is probably meant: the only one that fits; empty where none or several do."""
    meant = _meant(word)
    same = [key for key, name in ours.items() if role_key(name) == plain(meant)]
    wider = [key for key, name in ours.items() if plain(name).startswith(f"{plain(meant)} ")]
    found = same or wider
    return found[0] if len(found) == 1 else ""


def _meant(word: str) -> str:
    """The role that is named in a word, or in words such as “Y3 TA” or “TA (Mrs Smith)”."""
    exact = spelt_out(word)
    if exact != word:
        return exact
    inside = {NAMES[name] for name in _longest(name for name in NAMES if f" {name} " in f" {_single(word)} ")}
    return inside.pop() if len(inside) == 1 else word


def _longest(names: Iterable[str]) -> list[str]:
    """Names that are not part of a longer one: “class teacher” and not “teacher”."""
    every = list(names)
    return [name for name in every if not any(name != other and f" {name} " in f" {other} " for other in every)]


def _single(word: str) -> str:
    """Without the s of several: TAs, SENCO's."""
    bare = plain(word.replace("'s", "").replace("’s", ""))
    return bare if bare in NAMES or not bare.endswith("s") else bare.removesuffix("s")
