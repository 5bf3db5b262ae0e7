"""Episodes brought to a stage by the commands, each step as the person whose work it is."""

from datetime import timedelta

from tests.personas import NOW, an_episode

from wayhome.missing import commands, queries
from wayhome.missing.rules import Clocks

BACK = NOW - timedelta(hours=2)


def returned(cast, person_id, **told):
    """A child who was reported and is back since two hours ago."""
    episode = an_episode(cast, person_id, **told)
    with cast.seen_by("Pat") as pat:
        commands.record_returned(
            episode_id=episode,
            returned_at=BACK,
            returned_to="Home",
            return_method="RETURNED_SELF",
            viewer=pat,
            now=NOW,
        )
    return episode


def checked(cast, person_id):
    """The same, and seen safe and well."""
    episode = returned(cast, person_id)
    with cast.seen_by("Pat") as pat:
        commands.record_safe_and_well(episode_id=episode, check=a_check(), viewer=pat, now=NOW)
    return episode


def heard(cast, person_id):
    """The same, and the return interview was held."""
    episode = checked(cast, person_id)
    with cast.seen_by("Ines") as ines:
        commands.hold_interview(episode_id=episode, account=an_account(), viewer=ines, now=NOW)
    return episode


def analysed(cast, person_id):
    """The same, and the plan was looked at: ready to close."""
    episode = heard(cast, person_id)
    with cast.seen_by("Sal") as sal:
        commands.analyse_return(episode_id=episode, viewer=sal, now=NOW, **AN_ANALYSIS)
    return episode


def a_check(**found):
    usual = {"outcome": "seen_safe", "checked_at": NOW - timedelta(hours=1), "checked_by": "PC Example"}
    return commands.SafeAndWell(**(usual | found))


def an_offer(**said):
    usual = {"offered_at": NOW - timedelta(hours=1), "channel": "phone", "answer": "no_answer"}
    return commands.Offer(**(usual | said))


def an_account(**said):
    usual = {
        "held_at": NOW - timedelta(minutes=30),
        "place": "Youth café",
        "independent_as": "outside",
        "independence": "Works for Listening Ear, not for the home",
        "own_words": "I wanted to see my sister.",
    }
    return commands.Account(**(usual | said))


AN_ANALYSIS = {
    "text": "Contact with the sister is what is missing.",
    "plan_effect": "no_change",
    "plan_note": "Visits were agreed last week and begin on Saturday.",
}


def file_of(cast, episode_id, name="Cora"):
    """The episode as one of the cast sees it."""
    with cast.seen_by(name):
        return queries.episode_file(episode_id, Clocks())
