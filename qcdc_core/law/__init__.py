"""Questions about Luật Thực hiện dân chủ ở cơ sở and what goes with it, answered from dated data.

warm_up()
reply = answer_question("cty ko tổ chức hnnld thì sao", today)

`ask` does the same over a knowledge of the caller's choice.
"""

from qcdc_core.law.answer import LawIndex, ask
from qcdc_core.law.citation import Citation
from qcdc_core.law.load import load_knowledge
from qcdc_core.law.model import Knowledge
from qcdc_core.law.reply import AnswerPart, Choice, Reply
from qcdc_core.law.shipped import answer_choice, answer_question, warm_up

__all__ = [
    "AnswerPart",
    "Choice",
    "Citation",
    "Knowledge",
    "LawIndex",
    "Reply",
    "answer_choice",
    "answer_question",
    "ask",
    "load_knowledge",
    "warm_up",
]
