"""Whether a heading or a sentence of advice speaks about a hazard, in the languages that ministries write in.

Three word lists. *Hazards* are what can hurt people; a section named after one is about it. *Measures* are what is
asked of people or imposed on them because of a hazard: these make a new sentence weighty. *Asides* are the parts of a
page that are about something else whatever words they hold: entry rules, health care, contacts, customs, insurance.
A native speaker may add words; each line is one language.
"""

from __future__ import annotations

import re
from functools import cache

_HAZARDS = """
hurricane typhoon cyclone storm tornado tsunami earthquake aftershock volcan eruption wildfire bushfire forest.fires?
flood landslide mudslide avalanche drought heat.?wave conflict hostilit unrest riot protest demonstrat terror attack
clash tension violence war coup curfew kidnap abduct gangs? landmine blockade strikes? shooting outbreak
security.situation
hurrikan taifun zyklon sturm orkan erdbeben vulkan ausbruch waldbr[aä]nd überschwemm hochwasser erdrutsch lawine unruhen
protest demonstration terror anschl[aä]g kampfhandlung krieg putsch ausgangssperre entführ streik sicherheitslage
ouragan cyclone tempête séisme volcan éruption incendie inondation glissement avalanche conflit troubles manifestation
terroris attentat affrontement guerre couvre-feu enlèvement grève
huracán ciclón tormenta terremoto sismo volcán incendio inundacion deslizamiento conflicto disturbio protesta
manifestación atentado guerra toque.de.queda secuestro huelga
uragano ciclone tempesta terremoto vulcano incendi alluvion frana conflitto disordini proteste manifestazion attentat
guerra coprifuoco rapiment sciopero
orkaan cycloon aardbeving vulkaan bosbrand overstroming aardverschuiving onrust protesten demonstraties aanslag oorlog
avondklok ontvoering staking
台风 飓风 地震 海啸 火山 洪水 山火 冲突 战争 骚乱 示威 恐怖 袭击 绑架 宵禁 罢工 政变 疫情 治安
颱風 颶風 火山 山洪 衝突 戰爭 騷亂 示威 恐怖 襲擊 綁架 宵禁 罷工 政變 疫情 治安
台風 ハリケーン 地震 津波 噴火 洪水 山火事 衝突 戦争 暴動 デモ テロ 襲撃 誘拐 夜間外出禁止 ストライキ クーデター 治安
태풍 허리케인 지진 쓰나미 화산 홍수 산불 분쟁 전쟁 폭동 시위 테러 공격 납치 통행금지 파업 쿠데타 치안
"""

_MEASURES = r"""
do.not.travel avoid.(?:all|non-essential|unnecessary|travel|the.area|affected) advis\w*.(?:you.)?(?:strongly.)?against
advis\w*.not.to.travel no.longer.advis reconsider.(?:your|travel)
leave.(?:now|immediately|the.(?:country|area)|as.soon)
evacuation.order (?:order|begin|start)\w*.(?:to.)?evacuat evacuate shelter.in.place take.shelter seek.shelter curfew
state.of.(?:emergency|siege|alert|exception) martial.law airspace
ordered.(?:the.)?departure authori[sz]ed.(?:the.)?(?:voluntary.)?departure
(?:airports?|borders?|crossings?).(?:\w+.){0,3}(?:closed|closure|suspended)
clos(?:ed|ure).of.(?:\w+.){0,3}(?:airports?|borders?)
hurricane typhoon cyclone tropical.storm tsunami earthquake eruption wildfires? airstrikes? missiles? ceasefire
exchange.of.fire armed.clashes coup.d suspended.(?:operations|services)
reisewarnung gewarnt abgeraten ausreise verlassen.sie ausgangssperre ausnahmezustand luftraum evakuier notstand
déconseill quitter couvre-feu état.d.urgence espace.aérien évacu desaconsej abandon toque.de.queda estado.de.emergencia
evacu sconsigli lasciare.il.paese coprifuoco stato.di.emergenza evacuaz afgeraden verlaat.het noodtoestand evacu
暂勿 请勿前往 避免前往 谨慎前往 撤离 紧急状态 宵禁 暫勿 避免前往 撤離 緊急狀態
渡航は止めて 不要不急 退避 避難 非常事態 外出禁止 여행금지 여행자제 출국 대피 비상사태 통행금지
"""

_ASIDES = """
entry exit visa passport customs.rules border.control arriv health vaccin medical medicin embass consul contact help
assistance expenses law culture tips insurance money currency driving surrogacy adoption reproduct dual.national
registration social.media useful about.this moving pets getting.around accommodation
einreise visum gesundheit impf botschaft zoll recht kultur geld entrée séjour santé vaccin ambassade argent
entrada visado salud embajada aduana leyes ingresso visto salute ambasciata dogana toegang gezondheid ambassade
签证 入境 健康 使馆 海关 簽證 入境 健康 使館 查証 出入国 健康 大使館 비자 입국 건강 대사관
"""


_GENERAL = re.compile(
    r"\bseason|\binsurance|useful links|saison|temporada|stagione|seizoen|季节|季節|シーズン|계절", re.IGNORECASE
)
"""What every year brings, and what to insure against: true at any time, so no news."""


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """One expression for a word list. A dot in it stands for any white space; Latin words begin at a word's start."""
    stems = [word.replace(".", r"\W") for word in words.split()]
    latin = [stem for stem in stems if not _is_cjk(stem)]
    other = [stem for stem in stems if _is_cjk(stem)]
    return re.compile(rf"\b(?:{'|'.join(latin)})|{'|'.join(other)}", re.IGNORECASE)


def _is_cjk(word: str) -> bool:
    return any(char >= "\u3000" for char in word)


def is_aside(heading: str) -> bool:
    """Whether the part of the page under ``heading`` is about something else than safety.

    A heading may name its part first ("Entry requirements: Passport"); then the part decides.
    """
    part = heading.partition(": ")[0]
    return bool(_pattern(_ASIDES).search(part)) and not _pattern(_HAZARDS).search(part) and not _is_warning(part)


def _is_warning(part: str) -> bool:
    return bool(re.search(r"warning|safety|security|alert|risk|advice level", part, re.IGNORECASE))


def names_hazard(heading: str) -> bool:
    """Whether a section is named after a hazard."""
    name = heading.rpartition(": ")[2]
    return not is_aside(heading) and bool(_pattern(_HAZARDS).search(name)) and not _GENERAL.search(name)


def is_weighty(sentence: str) -> bool:
    """Whether a sentence tells of a measure: something asked of people, or imposed on them, because of a hazard."""
    return bool(_pattern(_MEASURES).search(sentence)) and not _GENERAL.search(sentence)
