"""Questions that a person answers: the inbox, the reply in the same chat, and model answers."""

from qcdc_core.questions.inbox import (
    answer,
    assign,
    count_waiting,
    erase,
    erase_all,
    find_open,
    hand_over,
    overdue,
    waiting,
)
from qcdc_core.questions.models import model_answer_for

__all__ = [
    "answer",
    "assign",
    "count_waiting",
    "erase",
    "erase_all",
    "find_open",
    "hand_over",
    "model_answer_for",
    "overdue",
    "waiting",
]
