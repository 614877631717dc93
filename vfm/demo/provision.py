"""What made-up schools provide: interventions as a SENCO would list them."""

from dataclasses import dataclass
from decimal import Decimal

from vfm.demo.roles import ROLES

CI, CL = "Communication and interaction", "Cognition and learning"
SE, SP = "Social, emotional and mental health", "Sensory and physical"


@dataclass(frozen=True, slots=True)
class Line:
    """One intervention. `group` and `of` choose pupils: so many, of those with this status first."""

    name: str
    tier: str
    need: str
    role: str
    minutes: int
    a_week: str
    group: int
    outcome: str
    weeks: int = 38
    number: int = 1
    of: str = "K"
    preparation: int = 0
    withdrawn: bool = False
    lesson: str = ""
    recorded: bool = True
    reviewed: bool = True
    costs: tuple[tuple[str, str, str, int], ...] = ()
    kind: str = "intervention"
    basis: str = "shared"

    @property
    def sessions(self) -> Decimal:
        return Decimal(self.a_week)


TA, HLTA, TEACHER, SPECIALIST, MENTOR, LUNCH = (role.name for role in ROLES)

PRIMARY = (
    Line(
        "Phonics catch-up, Year 1",
        "targeted",
        CL,
        TA,
        20,
        "5",
        5,
        "Each child reads the words of the phase they are working at.",
    ),
    Line("Phonics catch-up, Year 2", "targeted", CL, TA, 20, "4", 4, "Each child passes the re-check in June."),
    Line(
        "Precision teaching of common words",
        "targeted",
        CL,
        TA,
        10,
        "5",
        4,
        "Forty more words read at sight by each child.",
    ),
    Line(
        "Reading aloud to a volunteer",
        "targeted",
        CL,
        "volunteer",
        15,
        "2",
        6,
        "Children read aloud with more ease.",
        costs=(("training", "Safeguarding and reading training", "360", 3),),
    ),
    Line(
        "Small-group reading, Year 4",
        "targeted",
        CL,
        HLTA,
        30,
        "3",
        4,
        "Reading age rises by twice the months of the programme.",
        preparation=10,
    ),
    Line(
        "Small-group reading, Year 5",
        "targeted",
        CL,
        HLTA,
        30,
        "3",
        4,
        "Inference questions answered with evidence from the text.",
        recorded=False,
    ),
    Line(
        "Paired reading with Year 6", "targeted", CL, "other-pupil", 20, "2", 8, "Both readers keep a log and enjoy it."
    ),
    Line("Number sense, Year 3", "targeted", CL, TA, 25, "3", 5, "Number facts to 20 known without counting."),
    Line(
        "Number sense, Year 6",
        "targeted",
        CL,
        TEACHER,
        40,
        "1",
        6,
        "Each child reaches the pass mark of the June paper.",
        weeks=24,
        withdrawn=True,
        lesson="Assembly",
    ),
    Line(
        "Handwriting and letter formation",
        "targeted",
        SP,
        TA,
        15,
        "4",
        4,
        "Legible joined writing at the speed of the class.",
    ),
    Line(
        "Sensory circuits before school",
        "targeted",
        SP,
        TA,
        20,
        "5",
        7,
        "Ready to begin work at nine o'clock on four days of five.",
        number=2,
        costs=(("equipment", "Balance beam, mats and peanut ball", "640", 5),),
    ),
    Line(
        "Fine motor skills with putty and pegs",
        "targeted",
        SP,
        TA,
        15,
        "3",
        3,
        "Scissors and buttons managed alone.",
        recorded=False,
        reviewed=False,
    ),
    Line(
        "Language groups in Reception",
        "targeted",
        CI,
        TA,
        30,
        "3",
        5,
        "Speaks in sentences of five words or more.",
        costs=(("licence", "Language programme, one year", "299", 1),),
    ),
    Line(
        "Speech sounds, from the therapist's plan",
        "specialist",
        CI,
        TA,
        15,
        "4",
        4,
        "The target sounds are used in class.",
        of="E",
    ),
    Line(
        "Speech and language therapist",
        "specialist",
        CI,
        "agency",
        45,
        "0.5",
        4,
        "Plans written and shown to staff each half-term.",
        of="E",
        costs=(("invoice", "Therapist, six half-day visits", "2340", 1),),
    ),
    Line("Social stories and comic strips", "targeted", CI, TA, 20, "2", 3, "Arguments at play fall by half.", of="E"),
    Line(
        "Lunchtime club for quiet play",
        "targeted",
        SE,
        LUNCH,
        45,
        "5",
        9,
        "Children who wander alone join a game.",
        kind="lunchtime",
    ),
    Line(
        "Supervised lunch for two pupils",
        "specialist",
        SE,
        LUNCH,
        60,
        "5",
        2,
        "Eats in the hall by the summer term.",
        of="E",
        kind="lunchtime",
    ),
    Line(
        "Emotional literacy support",
        "targeted",
        SE,
        MENTOR,
        40,
        "5",
        5,
        "Names a feeling before it takes over.",
        withdrawn=True,
        lesson="Topic",
        preparation=10,
    ),
    Line(
        "Drawing and talking",
        "specialist",
        SE,
        MENTOR,
        30,
        "2",
        2,
        "Attendance above 92% this term.",
        recorded=False,
        withdrawn=True,
        lesson="Music",
    ),
    Line(
        "Nurture group",
        "specialist",
        SE,
        HLTA,
        150,
        "4",
        6,
        "Back in class full time after two terms.",
        number=1,
        withdrawn=True,
        lesson="Foundation subjects",
    ),
    Line(
        "One adult for one pupil, mornings",
        "specialist",
        CL,
        TA,
        180,
        "5",
        1,
        "Works alone for ten minutes on a task set for the class.",
        of="E",
        kind="in-class-support",
        basis="whole",
    ),
    Line(
        "One adult for one pupil, whole day",
        "specialist",
        CI,
        TA,
        330,
        "5",
        1,
        "Joins the class for all practical lessons.",
        of="E",
        kind="in-class-support",
        basis="whole",
    ),
    Line(
        "Support in class, Year 5 mathematics",
        "targeted",
        CL,
        TA,
        60,
        "4",
        6,
        "Finishes the class's independent task.",
        kind="in-class-support",
    ),
    Line(
        "Dyslexia lessons",
        "specialist",
        CL,
        SPECIALIST,
        45,
        "2",
        3,
        "Spelling age rises by nine months in a year.",
        withdrawn=True,
        lesson="French",
        preparation=15,
        reviewed=False,
    ),
    Line(
        "Touch typing",
        "targeted",
        SP,
        TA,
        20,
        "2",
        5,
        "Types 15 words a minute without looking.",
        weeks=20,
        costs=(("licence", "Typing software, one year", "180", 1),),
    ),
    Line(
        "English for new arrivals", "targeted", CL, HLTA, 30, "4", 6, "Takes part in class talk after a term.", of="N"
    ),
    Line(
        "Physiotherapy exercises",
        "specialist",
        SP,
        TA,
        20,
        "5",
        1,
        "Walks the length of the corridor with a frame.",
        of="E",
        kind="personal-care",
    ),
    Line(
        "Toileting and personal care",
        "specialist",
        SP,
        TA,
        15,
        "10",
        2,
        "Clean and comfortable, and asks for help.",
        of="E",
        number=1,
        kind="personal-care",
    ),
    Line(
        "Moving up to secondary school",
        "targeted",
        SE,
        MENTOR,
        60,
        "1",
        7,
        "Has visited twice and met a named adult.",
        weeks=10,
        kind="transition",
    ),
)
SECONDARY = (
    Line("Reading for meaning, Year 7", "targeted", CL, TA, 50, "3", 8, "Reads the texts of the other subjects alone."),
    Line("Numeracy, Year 8", "targeted", CL, HLTA, 50, "2", 8, "Uses fractions and percentages in science."),
    Line("Homework club", "universal", CL, TA, 60, "4", 20, "Homework handed in on time.", number=2),
    Line(
        "Mentoring, Years 9 to 11",
        "targeted",
        SE,
        MENTOR,
        30,
        "5",
        6,
        "Fewer than two removals from lessons a month.",
        recorded=False,
    ),
)
ACADEMY = (
    Line("Phonics groups", "targeted", CL, TA, 20, "5", 6, "Reads the words of the phase."),
    Line("Emotional literacy support", "targeted", SE, TA, 30, "3", 4, "Asks for time out with words.", recorded=False),
)
SPECIAL = (
    Line(
        "Intensive interaction",
        "specialist",
        CI,
        TA,
        20,
        "10",
        6,
        "Starts an exchange with an adult.",
        of="E",
        number=2,
    ),
    Line(
        "Hydrotherapy",
        "specialist",
        SP,
        HLTA,
        45,
        "2",
        5,
        "Moves in the water with less help.",
        of="E",
        number=2,
        costs=(("servicing", "Pool servicing", "4800", 1),),
    ),
    Line("Signing and symbols", "specialist", CI, TEACHER, 30, "5", 8, "Uses twenty signs across the day.", of="E"),
    Line("Travel training", "specialist", SE, TA, 60, "1", 4, "Takes one bus journey alone.", of="E", weeks=20),
)
