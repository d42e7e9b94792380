"""Names of months in the larger European languages, and their short forms.

No name means two months, whatever the languages: a test looks.
"""

from __future__ import annotations

_NAMES = {
    1: "january jan januar januari jänner janvier janv enero ene gennaio gen janeiro janeiro stycznia styczeń "
    "sty января январь янв січня січень ocak",
    2: "february feb februar februari febr février févr fév fevr fevrier febrero febbraio fevereiro fev lutego luty "
    "lut февраля февраль фев лютого лютий şubat",
    3: "march mar märz mrz maart mrt mars marzo março marco marts marca marzec марта март мар березня березень mart",
    4: "april apr avril avr abril abr aprile kwietnia kwiecień kwi апреля апрель апр квітня квітень nisan",
    5: "may mai mei mayo maggio mag maio maj maja мая май травня травень mayıs",
    6: "june jun juni juin junio giugno giu junho czerwca czerwiec cze июня июнь июн червня червень haziran",
    7: "july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля июль июл липня липень temmuz",
    8: "august aug augustus août aout agosto ago augusti sierpnia sierpień sie августа август авг серпня серпень "
    "ağustos",
    9: "september sep sept septembre septiembre settembre set setembro września wrzesień wrz сентября сентябрь сен "
    "вересня вересень eylül",
    10: "october oct oktober okt octobre octubre ottobre ott outubro out października październik paź октября октябрь "
    "окт жовтня жовтень ekim",
    11: "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя листопада листопад kasım",
    12: "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro grudnia grudzień gru декабря "
    "декабрь дек грудня грудень desember des aralık",
}

#: The number of a month by its name, composed and casefolded, without a final point.
MONTHS = {name: number for number, names in _NAMES.items() for name in names.split()}
#: Their names in English, by number, as dates of our own are written.
SHORT = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
