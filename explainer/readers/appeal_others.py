"""Times in a sentence of appeals that are not the member's own for the first appeal: the plan's, a provider's, a later step's."""

import re

APPEAL = re.compile(
    r"\bappeal|\bapel|redetermination|redeterminacion|reconsidera|review of (?:this|our)|revision de (?:esta|nuestra)"
)
# Times that are not the member's for the first appeal.
_NOT_OURS = re.compile(
    r"\bsecond\b|\b2nd\b|\blevel (?:2|3|two|three|ii)|\bsegund[oa]\b|\bnivel (?:2|dos)|\b(?:another|further"
    r"|next) (?:appeal|level|step)"
    r"|external|independent|externa\b|independiente|hearing|audiencia|administrative law|\bcourt\b|tribunal|\blawsuit"
    r"|(?:civil|legal) action|accion (?:civil|legal)|demanda judicial"
    r"|\bproviders?'?s? appeals?|\b(?:for|by|from) (?:the |your |in-network |participating )?(?:providers?|facilit\w+"
    r"|doctors?)\b"
    r"|\bproviders?:|apelaci\w+ (?:de|del|de los|por) (?:el |los |su )?proveedor|\bpara (?:los )?proveedores"
    r"|keep (?:getting|receiving)|continu\w+ (?:\w+ ){0,3}(?:services|benefits|care|coverage)|(?:seguir|continuar) recibiendo"
    r"|timely filing|\bpay (?:\w+ ){0,3}within|payments? (?:is|are|must|due)|pagar (?:\w+ ){0,3}dentro"
    r"|previous|prior (?:claim|notice|appeal)|earlier (?:claim|notice)|\banterior\b"
)
_PROVIDER = re.compile(
    r"(?<!or )(?<!and )(?<!or your )(?<!and your )(?<!or the )(?<!o )(?<!o su )(?<!y )\b(?:providers?|facilit\w+"
    r"|hospitals?|doctors?|clinics?"
    r"|proveedor(?:es)?|hospital(?:es)?|medicos?|clinicas?) (?:\w+ ){0,2}?"
    r"(?:may|must|can|has|have|should|wish\w*|puede[n]?|debe[n]?|tiene[n]?)\b"
)
# "Your provider or you may appeal" is the member's as well.
_AND_MEMBER = re.compile(r"(?:provider|doctor|proveedor|medico)\w* (?:or|and|o|y) (?:you|the member|usted)\b")
_GRIEVANCE = re.compile(r"grievance|complaint|\bquejas?\b|agravio|reclamacion")
_BOTH = re.compile(
    r"appeals? (?:or|and|/) (?:a |an )?(?:grievance|complaint)|(?:grievances?|complaints?) (?:or|and"
    r"|/) (?:an )?appeal|apelaci\w+ (?:o|y) quejas?"
    r"|quejas? (?:o|y) apelaci"
)
_CLAIM_FILED = re.compile(
    r"\bclaims?\b(?! office| decision| review)[^.]{0,30}\b(?:filed|submitted|sent|received)|\b(?:file|submit"
    r"|send) (?:\w+ ){0,2}claims?\b"
    r"(?! appeal)|reclam(?:o|os|aciones) (?:\w+ ){0,3}(?:presentar|enviar|mandar)|(?:presentar|enviar"
    r"|mandar) (?:\w+ ){0,2}reclam"
)
_ANSWER = re.compile(
    r"\b(?:we|plan|insurer|company|medicare|committee|department|reviewers?)\b(?:'ll)?(?: \w+){0,3}? "
    r"(?:answer|respond|decide|reply|notify|tell|send|mail|complete|finish|resolve|process|make|let|acknowledge"
    r"|review|give|contact|write)\b"
    r"|\bbe (?:\w+ )?(?:answered|decided|reviewed|processed|completed|resolved|notified|acknowledged|made|told"
    r"|(?:sent|mailed) (?:to )?you)"
    r"|\b(?:is|are) (?:answered|decided|reviewed|completed|resolved|processed)"
    r"|\b(?:get|receive|have|hear) (?:\w+ )?(?:answer|decision|response|back|reply)\b|\b(?:answer|decision"
    r"|response)s? (?:will|within)\b"
    r"|\b(?:respond|decid|contest|resolv|notific|inform|procesa|revisa|enviar|mandar)(?:a|e|i)?(?:r)?(?:emos|an)\b"
    r"|\b(?:debemos|tenemos que|vamos a|podemos|debe|tiene que) (?:responder|decidir|contestar|resolver|notificar|avisar)"
    r"|\b(?:se|sera|seran) (?:respond|contest|resuel|decid|revis)\w+|\b(?:respuesta en|(?:respuesta"
    r"|decision) dentro)\b|\ble (?:respond|contest)"
)
# In "appeal this decision within 180 days" the decision is what is appealed, not the plan's answer.
_APPEALED = re.compile(
    r"(?P<appeal>\bappeal(?:s|ing|ed)?(?: of| against)?|\bapel\w+(?: de| contra)?) (?:this|the|our|that|any|a|your|esta|la"
    r"|nuestra|dicha|una|su) (?:\w+ ){0,2}?(?:decision|determination|response|answer|respuesta|determinacion)s?\b"
)
_WILL_ANSWER = re.compile(
    r"\bwe (?:will|must|shall|have to|should|may|can|'ll)\b|\bthe plan (?:will|must)\b|\byou(?:r appeal)? will (?:get"
    r"|hear|receive|be)\b"
    r"|\b(?:responderemos|contestaremos|decidiremos|resolveremos|debemos)\b|\bwill be (?:answered|decided)|\bsera\b"
)


def others(part: str, at: int, end: int) -> bool:
    """Whether a part of a sentence around a count is about somebody else's time, or another step."""
    ahead, behind = part[:at], part[end:]
    return (
        not_ours(part)
        or (bool(_CLAIM_FILED.search(part)) and not APPEAL.search(ahead))
        or answers(ahead)
        or bool(_WILL_ANSWER.search(behind))
    )


def answers(ahead: str) -> bool:
    """Whether the words before a time are about the plan's answer."""
    return bool(_ANSWER.search(_APPEALED.sub(lambda m: m["appeal"], ahead)))


def not_ours(part: str) -> bool:
    """Whether a part of a sentence names another step, a provider's appeal, or a complaint that is no appeal."""
    return (
        bool(_NOT_OURS.search(part))
        or (bool(_PROVIDER.search(part)) and not _AND_MEMBER.search(part))
        or (bool(_GRIEVANCE.search(part)) and not _BOTH.search(part))
    )
