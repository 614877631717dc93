"""The staff roles of made-up schools, with what an hour of each costs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A staff role with its rates: pounds an hour, and how many people's pay the actual one was made from."""

    name: str
    actual: str
    people: int | None
    authority: str
    pay_point: str | None = None
    teacher: bool = False


ROLES = (
    Role("Teaching assistant, level 2", "20.38", 6, "19.20"),
    Role("Higher-level teaching assistant", "24.65", 3, "23.40"),
    Role("Teacher", "50.92", 9, "48.75", teacher=True),
    Role("Specialist teacher", "57.10", 1, "55.00", "52.40", teacher=True),
    Role("Learning mentor", "22.15", 2, "21.10", "20.05"),
    Role("Lunchtime supervisor", "15.60", 5, "15.10"),
)
