"""Which event calls which handlers: reactions that would point upward in the layers, readable in one table."""

from wayhome.access import handlers as access
from wayhome.access.events import GlassBroken
from wayhome.events.outbox import Event, Handler
from wayhome.insight import handlers as insight
from wayhome.missing import events as happened
from wayhome.missing import handlers as missing
from wayhome.strategy import handlers as strategy
from wayhome.strategy.events import MeasuresAsked, UpdatesAsked

SUBSCRIPTIONS: dict[type[Event], tuple[Handler, ...]] = {
    MeasuresAsked: (insight.read_measures,),
    UpdatesAsked: (strategy.mail_owners,),
    GlassBroken: (access.tell_reviewers,),
    happened.EpisodeReturned: (missing.look_for_repeats,),
    happened.ReturnCorrected: (missing.look_for_repeats,),
    happened.ReturnUndone: (missing.look_for_repeats,),
    happened.InterviewSettled: (missing.look_for_repeats,),
    happened.EpisodeSetAside: (missing.look_for_repeats,),
    happened.EpisodesMerged: (missing.look_for_repeats,),
    happened.EpisodesParted: (missing.look_for_repeats,),
    happened.FactChosen: (missing.look_for_repeats,),
}
