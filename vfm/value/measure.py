"""What progress can be measured by: each with its unit, its direction, and what it can be asked to say."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vfm.money import Number


class Family(StrEnum):
    """Measures of one family say the same kind of thing; only measures that are the same one are ever compared."""

    AGE = "age"
    STANDARDISED = "standardised"
    SCALED = "scaled"
    POINTS = "points"
    PERCENT = "percent"
    COUNT = "count"
    REACHED = "reached"
    JUDGEMENT = "judgement"
    OUTCOME = "outcome"

    @property
    def words(self) -> str:
        return WORDS[self]

    @property
    def expected(self) -> str:
        """What to read a change against."""
        return EXPECTED[self]


WORDS = {
    Family.AGE: "An age in years and months, such as a reading age",
    Family.STANDARDISED: "A standardised score, mean 100",
    Family.SCALED: "A scaled score",
    Family.POINTS: "Points or steps on a scale",
    Family.PERCENT: "A percentage, such as attendance",
    Family.COUNT: "How many times, such as suspensions",
    Family.REACHED: "Reached or not reached, such as the phonics check",
    Family.JUDGEMENT: "A judgement from -2 to +2",
    Family.OUTCOME: "The intended outcome: met, partly met, not met",
}
EXPECTED = {
    Family.AGE: "A month of age for each month that passes is what most pupils gain.",
    Family.STANDARDISED: "No change is the progress expected for the age, not failure.",
    Family.SCALED: "No change is the progress expected from one test to the next, not failure.",
    Family.POINTS: "What to expect is for the school to say: a scale has no rate of its own.",
    Family.PERCENT: "Compare it with the same weeks of the year before.",
    Family.COUNT: "Compare it with the same weeks of the year before.",
    Family.REACHED: "How many reach it who had not reached it before.",
    Family.JUDGEMENT: "0 is as expected, above it is better than expected. It is an opinion, and says whose.",
    Family.OUTCOME: "Met is met as it was written before the work began.",
}
LOWEST_JUDGEMENT, HIGHEST_JUDGEMENT = -2, 2
OLDEST = 25 * 12


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. Values are numbers: months of an age, points, a percentage, 1 for reached and 0 for not.

    `fewer` : a lower value is the better one. `low` and `high` bound what can be entered, both included.
    """

    key: str
    name: str
    family: Family
    fewer: bool = False
    low: Number = 0
    high: Number = 10_000

    def better_by(self, entry: Number, exit_: Number) -> Fraction:
        """How much better the exit is than the entry, in the measure's unit; below nought is worse."""
        more = Fraction(exit_) - Fraction(entry)
        return -more if self.fewer else more


MEASURES = (
    Measure("reading-age", "Reading age", Family.AGE, high=OLDEST),
    Measure("spelling-age", "Spelling age", Family.AGE, high=OLDEST),
    Measure("number-age", "Number age", Family.AGE, high=OLDEST),
    Measure("comprehension-age", "Reading comprehension age", Family.AGE, high=OLDEST),
    Measure("reading-score", "Reading, standardised score", Family.STANDARDISED, low=40, high=160),
    Measure("spelling-score", "Spelling, standardised score", Family.STANDARDISED, low=40, high=160),
    Measure("mathematics-score", "Mathematics, standardised score", Family.STANDARDISED, low=40, high=160),
    Measure("vocabulary-score", "Vocabulary, standardised score", Family.STANDARDISED, low=40, high=160),
    Measure("reading-scaled", "Reading, scaled score", Family.SCALED, low=70, high=130),
    Measure("mathematics-scaled", "Mathematics, scaled score", Family.SCALED, low=70, high=130),
    Measure("phonics-check", "Phonics check: expected standard", Family.REACHED, high=1),
    Measure("good-level", "EYFS: good level of development", Family.REACHED, high=1),
    Measure("pre-key-stage", "Pre-key-stage standard", Family.POINTS, high=10),
    Measure("engagement", "Engagement model: areas with more engagement than before", Family.POINTS, high=5),
    Measure("boxall-strands", "Boxall Profile, developmental strands", Family.POINTS, high=200),
    Measure("boxall-diagnostic", "Boxall Profile, diagnostic profile", Family.POINTS, fewer=True, high=200),
    Measure("sdq", "Strengths and difficulties questionnaire, total difficulties", Family.POINTS, fewer=True, high=40),
    Measure("steps", "Steps on the school's own scale", Family.POINTS),
    Measure("attendance", "Attendance, percent", Family.PERCENT, high=100),
    Measure("suspensions", "Suspensions, times", Family.COUNT, fewer=True, high=1_000),
    Measure("behaviour-points", "Behaviour points", Family.COUNT, fewer=True),
    Measure("judgement", "Judgement from -2 to +2", Family.JUDGEMENT, low=LOWEST_JUDGEMENT, high=HIGHEST_JUDGEMENT),
)
"""What schools most often use. The names of tests are theirs; nothing is said of how good a test is."""
BY_KEY = {measure.key: measure for measure in MEASURES}
