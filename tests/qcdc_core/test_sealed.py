"""What is sealed can be read with its key and with no other."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from qcdc_core.config import Settings
from qcdc_core.sealed import Unreadable, fingerprint, reseal, seal, unseal


def keys(*listed: str) -> Settings:
    return Settings(data_key=SecretStr(",".join(listed)), _env_file=None)


def test_what_was_sealed_comes_back_and_shows_nothing() -> None:
    """Twice the same text looks different; neither holds the text."""
    first, second = (seal("0905 123 456", keys("một")) for _ in range(2))
    assert first != second
    assert "0905" not in first
    assert unseal(first, keys("một")) == unseal(second, keys("một")) == "0905 123 456"


@pytest.mark.parametrize("changed", ["", "x", "gAAAAA", "é"])
def test_a_changed_value_or_another_key_reads_nothing(changed: str) -> None:
    """And the exception carries neither the value nor the key."""
    sealed = seal("0905 123 456", keys("một"))
    for text, key in ((sealed, "hai"), (sealed[:-4] + changed, "một"), (changed, "một")):
        with pytest.raises(Unreadable) as caught:
            unseal(text, keys(key))
        assert sealed[:20] not in str(caught.value)


def test_a_key_is_replaced_without_losing_anything() -> None:
    """New in front, sealed anew, old one away."""
    old = seal("0905 123 456", keys("cũ"))
    new = reseal(old, keys("mới", "cũ"))
    assert unseal(new, keys("mới")) == "0905 123 456"
    with pytest.raises(Unreadable):
        unseal(old, keys("mới"))


def test_a_fingerprint_finds_the_same_text_under_the_same_key_only() -> None:
    """For looking up, not for undoing."""
    one = fingerprint("84905123456", keys("một"))
    assert one == fingerprint("84905123456", keys("một"))
    assert one != fingerprint("84905123456", keys("hai"))
    assert one != fingerprint("84905123457", keys("một"))


def test_without_a_setting_one_key_is_made_and_kept(tmp_path: Path) -> None:
    """For its owner only."""
    bare = Settings(var=tmp_path, _env_file=None)
    assert unseal(seal("một", bare), bare) == "một"
    assert (tmp_path / "data_key").stat().st_mode & 0o077 == 0
