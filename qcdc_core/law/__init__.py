"""Questions about Luật Thực hiện dân chủ ở cơ sở and what goes with it, answered from dated data.

knowledge = load_knowledge()
reply = ask(knowledge, "cty ko tổ chức hnnld thì sao", today)
"""

from qcdc_core.law.answer import LawIndex, ask
from qcdc_core.law.citation import Citation
from qcdc_core.law.load import load_knowledge
from qcdc_core.law.model import Knowledge
from qcdc_core.law.reply import AnswerPart, Choice, Reply

__all__ = [
    "AnswerPart",
    "Choice",
    "Citation",
    "Knowledge",
    "LawIndex",
    "Reply",
    "ask",
    "load_knowledge",
]
