/** The names of months in the larger European languages, and their short forms; no name means two months. */

const NAMES = [
  "january jan januar januari jänner janvier janv enero ene gennaio gen janeiro janeiro stycznia " +
    "styczeń sty января январь янв січня січень ocak",
  "february feb februar februari febr février févr fév fevr fevrier febrero febbraio fevereiro fev " +
    "lutego luty lut февраля февраль фев лютого лютий şubat",
  "march mar märz mrz maart mrt mars marzo março marco marts marca marzec марта март мар березня " +
    "березень mart",
  "april apr avril avr abril abr aprile kwietnia kwiecień kwi апреля апрель апр квітня квітень nisan",
  "may mai mei mayo maggio mag maio maj maja мая май травня травень mayıs",
  "june jun juni juin junio giugno giu junho czerwca czerwiec cze июня июнь июн червня червень haziran",
  "july jul juli juillet juil julio luglio lug julho lipca lipiec lip июля июль июл липня липень temmuz",
  "august aug augustus août aout agosto ago augusti sierpnia sierpień sie августа август авг серпня " +
    "серпень ağustos",
  "september sep sept septembre septiembre settembre set setembro września wrzesień wrz сентября " +
    "сентябрь сен вересня вересень eylül",
  "october oct oktober okt octobre octubre ottobre ott outubro out października październik paź октября " +
    "октябрь окт жовтня жовтень ekim",
  "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя листопада листопад " +
    "kasım",
  "december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro grudnia grudzień gru " +
    "декабря декабрь дек грудня грудень desember des aralık",
];

/** The number of a month by its name, composed and casefolded, without a final point. */
export const MONTHS = new Map(NAMES.flatMap((names, place) => names.split(" ").map((name) => [name, place + 1])));
