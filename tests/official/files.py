"""An invented decree in the shape of a real one; no sentence of it is law."""

from pathlib import Path

from docx import Document

NUMBER = "145/2020/NĐ-CP"

LINES = """\
CHÍNH PHỦ
Số: 145/2020/NĐ-CP
NGHỊ ĐỊNH MẪU
Chương I
NHỮNG ĐIỀU CHUNG
Điều 1. Việc của bản mẫu
Bản mẫu này chỉ để thử.
Điều 2. Từ dùng trong bản mẫu
1. Gà là con vật hai chân:
a) Gà trống;
b) Gà mái.
2. Vịt cũng hai chân.
Chương II. VIỆC PHẢI LÀM
Mục 1. CHO ĂN
Điều 3. Cho gà ăn
1. Mỗi ngày hai lần.
a) Sáng sớm;
b) Trưa;
c) Chiều;
d) Tối;
đ) Lúc gà đói, theo Điều 2 của bản mẫu này.
Điều 4. Sửa bản cũ
1. Sửa Điều 9 của bản cũ như sau:
“Điều 9. Vịt
1. Vịt ăn rau.
2. Vịt không ăn đá.”.
2. Bỏ Điều 10 của bản cũ.
Nơi nhận:
- Người nuôi gà;
TM. CHÍNH PHỦ
""".splitlines()


def as_text(path: Path, lines: list[str] = LINES) -> Path:
    path.write_text("\n\n".join(lines), "utf-8")
    return path


def as_word(path: Path, lines: list[str] = LINES) -> Path:
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = lines[0], lines[1]
    for line in lines[2:]:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def as_page(path: Path, lines: list[str] = LINES) -> Path:
    body = "".join(f"<p><b>{line[:3]}</b>{line[3:]}</p>\n" for line in lines)
    path.write_text(f"<html><head><title>x</title></head><body>{body}</body></html>", "utf-8")
    return path
