"""What a check found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """``code`` names the check; ``text`` says what is so and, when it is not well, what to do."""

    code: str
    is_well: bool
    text: str
