"""Questions about rights: the cited answer of the law, or an honest word that there is none."""

from bot.dialogue.talk import Talk
from qcdc_core.language import gettext as _


def answer_question(talk: Talk, question: str) -> None:
    """Say that it cannot be answered yet, quoting what was taken for the question."""
    talk.say(
        _(
            "Câu “{question}” tôi chưa trả lời được. Để chắc chắn, hỏi cán bộ tư pháp của xã hoặc "
            "công đoàn cơ sở. Số liệu báo cáo thì nhắn vào đây bình thường."
        ).format(question=shortened(question))
    )


def shortened(text: str, longest: int = 120) -> str:
    """The text in one line, cut at a word border when it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"
