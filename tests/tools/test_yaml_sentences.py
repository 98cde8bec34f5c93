"""Forms and rules are translated like code."""

import io

from tools.yaml_sentences import extract

RULES = """
unit: {code: thon, unit: cuộc, name: 'Số cuộc họp: {n}'}
checks:
  - sentence: Còn thiếu
    severity: error
    repairs: [{label: Sửa}, {label: {}}]
"""


def test_texts_under_the_named_keys_are_found_with_their_lines() -> None:
    """At any depth, in both YAML styles; codes and words of the machine are left alone."""
    file = io.BytesIO(RULES.encode())
    found = [
        (line, text)
        for line, _, text, _ in extract(file, (), (), {"keys": "name label sentence unit"})
    ]
    assert found == [(2, "cuộc"), (2, "Số cuộc họp: {n}"), (4, "Còn thiếu"), (6, "Sửa")]


def test_an_empty_file_has_no_sentences() -> None:
    assert list(extract(io.BytesIO(b""), (), (), {"keys": "name"})) == []
