"""Help: whom to call, records, what the program can do, what it keeps, and greetings."""

from collections.abc import Mapping

from explainer.conversation.reply import Asked, Cited, Reply, Statement
from explainer.conversation.topics.common import Builder, Talk, answer, own, state
from explainer.conversation.topics.phone_script import on_its_paper, script, side_of, worth_asking
from explainer.conversation.topics.timed import plan_of
from explainer.knowledge.schema import Contact

# Who oversees or helps with each kind of plan, most useful first.
HELPERS: Mapping[str, tuple[str, ...]] = {
    "medicare-original": ("medicare", "ship"),
    "medicare-advantage": ("medicare", "ship"),
    "medigap": ("ship", "state-insurance"),
    "employer-self-funded": ("ebsa", "consumer-assistance"),
    "employer-insured": ("state-insurance", "consumer-assistance"),
    "employer": ("ebsa", "state-insurance"),
    "marketplace": ("state-insurance", "consumer-assistance"),
    "cobra": ("ebsa", "state-insurance"),
    "government-employer": ("consumer-assistance", "state-insurance"),
    "church": ("consumer-assistance", "state-insurance"),
    "student": ("state-insurance", "consumer-assistance"),
    "short-term": ("state-insurance",),
    "auto": ("state-insurance",),
    "workers-comp": ("workers-comp-state",),
    "indian-health": ("indian-health",),
    "tricare-for-life": ("tricare", "medicare"),
    "medicaid": ("medicaid",),
    "chip": ("medicaid",),
    "tricare": ("tricare",),
    "va": ("va",),
    "fehb": ("opm",),
}


def plan_known(talk: Talk) -> str | None:
    """The kind of plan: said by the person, else told by the paper's own words."""
    return plan_of(talk) or ("medicare-original" if talk.eob is not None and talk.eob.kind == "msn" else None)


def contact_says(talk: Talk, key: str) -> Statement | None:
    """One helper with what is verified of how to reach them."""
    contact = talk.knowledge.contacts.get(key)
    if contact is None:
        return None
    how = "phone" if contact.phone else "url" if contact.url else "name"
    values = {"name": contact.name.in_(talk.lang), "does": contact.does.in_(talk.lang), **_reach(contact)}
    return state(f"help.contact.{how}", (Cited(contact.source, f"contact:{key}"),), "item", **values)


def _reach(contact: Contact) -> dict[str, str]:
    return {k: v for k, v in (("phone", contact.phone), ("url", contact.url)) if v}


def who_to_call(asked: Asked) -> Reply:
    """The provider for the bill, the plan for the decision, and free helpers for the kind of plan."""
    talk = Talk.of(asked)
    support = talk.place("provider", "payer") if talk.paper is not None else ()
    lead = (
        state("help.who-to-call.lead", support, provider=talk.provider(), payer=talk.payer())
        if support
        else own("help.who-to-call.general")
    )
    printed = [
        state("help.who-to-call.phone", (phone.span,), phone=phone.text)
        for phone in (talk.paper.phones[:2] if talk.paper else ())
    ]
    helpers = [contact_says(talk, key) for key in HELPERS.get(plan_known(talk) or "", ("consumer-assistance",))]
    return answer(talk, [lead, *printed, own("help.who-to-call.have-ready"), *_words(talk), *helpers])


def _words(talk: Talk) -> tuple[Statement, ...]:
    """What to say about the first thing on the papers that is worth a question, and to whom."""
    first = next(iter(worth_asking(talk)), None) if talk.paper is not None else None
    if first is None:
        return ()
    side = side_of(first)
    asked = on_its_paper(talk, first)
    name = asked.provider() if side == "clinic" else asked.payer()
    return own("help.who-to-call.say", name=name), *script(talk, side, first)


def records(asked: Asked) -> Reply:
    """How to ask for the therapist's notes and the plan's file."""
    talk = Talk.of(asked)
    fact = talk.knowledge.fact_on("records.days", asked.case.today)
    days = (
        state("help.records.days", (Cited(fact.source, "fact:records.days"),), days=fact.value)
        if fact and isinstance(fact.value, int)
        else None
    )
    return answer(
        talk,
        [
            own("help.records.notes", provider=talk.provider()),
            days,
            own("help.records.file", payer=talk.payer()),
            own("help.records.ask"),
        ],
    )


def _says(*keys: str) -> Builder:
    """A fixed answer about the program or the talk itself."""

    def builder(asked: Asked) -> Reply:
        return answer(Talk.of(asked), [own(key) for key in keys])

    return builder


def greeting(asked: Asked) -> Reply:
    """Hello, or you are welcome."""
    key = "help.greeting.later" if asked.context.turns else "help.greeting.paper" if asked.case.main else "help.greeting.start"
    return Reply("help.greeting", (own(key),))


BUILDERS: Mapping[str, Builder] = {
    "help.who-to-call": who_to_call,
    "help.records": records,
    "help.abilities": _says("help.abilities.can", "help.abilities.papers", "help.abilities.cannot"),
    "help.privacy": _says("help.privacy.kept", "help.privacy.never", "help.privacy.delete"),
    "help.greeting": greeting,
}
