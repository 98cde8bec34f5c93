"""Tokens of the Official Account: renewed by one owner, stored before use, never shown."""

import logging
import threading
import traceback
from datetime import timedelta

import pytest
import structlog
from pydantic import SecretStr
from sqlalchemy import select

from bot.channels.zalo_account import ZaloAccount, ZaloAccountError
from bot.channels.zalo_tokens import TokenError, ZaloTokens
from bot.periodic import renew_tokens
from qcdc_core.messages.tables import ChannelToken
from tests.channels.conftest import System


def row(system: System) -> ChannelToken:
    with system.sessions() as session:
        return session.scalars(select(ChannelToken)).one()


def test_tokens_lie_sealed_in_the_database(system: System) -> None:
    """Whoever steals it cannot write in the account's name."""
    held = row(system)
    assert system.fake.oa.access not in held.access_sealed
    assert system.fake.oa.refresh not in held.refresh_sealed
    assert system.tokens.access().get_secret_value() == system.fake.oa.access


def test_a_pair_is_renewed_by_the_clock(system: System) -> None:
    """Twice a day, and no oftener."""
    for hours, renewed in ((1, 0), (12, 1), (1, 0)):
        system.clock.passes(hours * 3600)
        assert renew_tokens(system.sessions, system.clock.now(), system.settings) == renewed
    assert system.fake.oa.refreshed == 1
    assert system.tokens.access().get_secret_value() == system.fake.oa.access


def test_a_token_that_has_run_out_is_renewed_on_the_way_of_a_message(system: System) -> None:
    """A bot that was off for two days writes at once."""
    system.clock.passes(48 * 3600)
    system.fake.oa.touched("u1", system.clock.now())
    assert system.oa.send("u1", "một", ()).outcome == "sent"
    assert system.fake.oa.refreshed == 1


@pytest.mark.parametrize("code", ["-216", "-220"])
def test_a_refused_token_is_renewed_once_and_the_message_repeated_once(
    system: System, code: str
) -> None:
    """If it is refused again, the channel rests: no loop."""
    system.fake.oa.touched("u1", system.clock.now())
    system.fake.oa.faults.append(code)
    assert system.oa.send("u1", "một", ()).outcome == "sent"
    assert (system.fake.oa.refreshed, system.fake.oa.posted) == (1, 2)
    system.fake.oa.faults.extend([code, code])
    assert system.oa.send("u1", "hai", ()).outcome == "halted"
    assert (system.fake.oa.refreshed, system.fake.oa.posted) == (2, 4)


def test_two_processes_renew_once(system: System) -> None:
    """The refresh token works once: the second one waits for the first one's pair."""
    system.fake.oa.slow = 0.2
    owners = [ZaloTokens(system.sessions, system.settings, system.clock.now) for _ in range(4)]
    system.clock.passes(48 * 3600)
    got: list[str] = []
    threads = [
        threading.Thread(target=lambda one=one: got.append(one.access().get_secret_value()))
        for one in owners
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [system.fake.oa.access] * 4
    assert system.fake.oa.refreshed == 1


def test_a_lease_left_by_a_crash_ends(system: System) -> None:
    """Two minutes later another process may renew."""
    system.clock.passes(48 * 3600)
    with system.sessions.begin() as session:
        held = session.scalars(select(ChannelToken)).one()
        held.lease_by, held.lease_until = "x", system.clock.now() + timedelta(minutes=2)
    system.clock.passes(121)
    assert system.tokens.access().get_secret_value() == system.fake.oa.access


@pytest.mark.parametrize("fault", ["refuse", "lost", "502"])
def test_a_failed_renewal_is_noted_and_the_channel_rests(system: System, fault: str) -> None:
    """Messages wait; nothing is said to have been sent."""
    system.fake.oa.touched("u1", system.clock.now() + timedelta(hours=48))
    system.clock.passes(48 * 3600)
    system.fake.oa.token_faults.append(fault)
    delivery = system.oa.send("u1", "một", ())
    assert delivery.outcome == "halted"
    assert row(system).failure == ("refused" if fault == "refuse" else "network")
    assert row(system).lease_until is None


def test_an_answer_lost_after_the_change_needs_a_new_authorisation(system: System) -> None:
    """The platform took the old refresh token and nobody has the new one: it is said so."""
    system.clock.passes(48 * 3600)
    system.fake.oa.token_faults.append("lost")
    for kind in ("network", "refused", "refused"):
        with pytest.raises(TokenError) as caught:
            system.tokens.access()
        assert caught.value.kind == kind


def test_without_a_pair_or_with_another_data_key_nothing_is_asked(system: System) -> None:
    """The operator is told what to do by doctor."""
    other = system.settings.model_copy(update={"data_key": SecretStr("khác")})
    with pytest.raises(TokenError, match="unreadable"):
        ZaloTokens(system.sessions, other, system.clock.now).access()
    with system.sessions.begin() as session:
        session.delete(session.scalars(select(ChannelToken)).one())
    with pytest.raises(TokenError, match="missing"):
        system.tokens.access()


def test_no_secret_shows_in_logs_errors_or_tracebacks(
    system: System, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong."""
    caplog.set_level(logging.DEBUG)
    seen: list[str] = []
    secrets = {system.fake.oa.access, system.fake.oa.refresh, "bi-mat-cua-ung-dung"}
    dead = system.settings.model_copy(update={"zalo_oa_base_url": "http://127.0.0.1:9"})
    with structlog.testing.capture_logs() as logs:
        for code in ("-201", "-216", "502"):
            system.fake.oa.faults.extend([code, code])
            try:
                system.oa.consult("u1", "một")
            except (ZaloAccountError, ValueError):
                seen.append(traceback.format_exc())
            system.fake.oa.faults.clear()
            secrets |= {system.fake.oa.access, system.fake.oa.refresh}
        seen.append(str(ZaloAccount(dead, system.tokens).send("u1", "một", ())))
        system.clock.passes(48 * 3600)
        system.fake.oa.token_faults.append("refuse")
        try:
            system.tokens.access()
        except TokenError:
            seen.append(traceback.format_exc())
        with system.sessions() as session:
            seen.append(repr(session.scalars(select(ChannelToken)).one()))
    seen += [caplog.text, repr(logs)]
    assert len(seen) == 8
    shown = "\n".join(seen)
    assert [one for one in secrets if one in shown] == []
