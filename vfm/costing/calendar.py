"""TEMPORARY stand-in, to be overwritten by whoever writes the room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AcademicYear:
    start: int

    @property
    def words(self) -> str:
        return f"{self.start} to {self.start + 1}"
