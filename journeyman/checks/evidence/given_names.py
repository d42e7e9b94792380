"""Given names that are frequent in many countries, by which columns of persons are told."""

from __future__ import annotations

#: In lower case, without those that are words of their own more often than names.
GIVEN_NAMES = frozenset(
    word
    for line in (
        "aaron abdul abdullah abigail adam adrian ahmed alan albert alejandro alex alexander alexandra alexis ali",
        "alice alicia alison allison amanda amber amelia amy ana anastasia andre andrea andreas andrew angel angela",
        "anita ann anna anne annette annie anthony antoine antonio april ariel arthur ashley astrid audrey barbara",
        "beatrice ben benjamin bernard beth betty beverly bill birgit bonnie boris brad bradley brandon brenda brian",
        "bridget bruce bryan caleb cameron camille carl carla carlos carmen carol caroline carolyn catherine cecilia",
        "charles charlie charlotte chen cheryl chloe chris christian christina christine christopher cindy claire",
        "clara claude claudia connie corey courtney craig crystal curtis cynthia dan dana daniel daniela danielle",
        "darren dave david dawn dean deborah debra denise dennis derek devin diana diane diego dmitri dominique don",
        "donald donna doris dorothy douglas duane dustin dylan earl ed eddie edgar eduardo edward edwin elaine",
        "eleanor elena elisabeth elizabeth ella ellen emil emily emma enrique eric erica erik erin ernest esther",
        "ethan eugene eva evan evelyn fatima felix fernando florence frances francesca francis francisco francois",
        "frank fred frederick gabriel gabriela gary gavin gene geoffrey george gerald gerard gilbert gina giovanni",
        "gladys glen glenn gloria gordon grace graham greg gregory guillaume gustav guy hannah hans harold harriet",
        "harry hassan heather hector heidi helen helena henri henry herbert holly howard hugh hugo ian ibrahim ines",
        "ingrid irene isaac isabel isabella ivan jack jackie jacob jacqueline jacques jaime jake james jamie jan jane",
        "janet janice jared jasmine jason javier jay jean jeff jeffery jeffrey jennifer jenny jeremy jerome jerry",
        "jesse jessica jesus jill jim jimmy joan joanna joanne joe joel johan john johnny jon jonas jonathan jorge",
        "jose joseph joshua joyce juan juanita judith judy julia julian julie jun justin karen karl katherine",
        "kathleen kathryn kathy katie katrina kayla keith kelly ken kenneth kevin kim kimberly kirsten klaus kristen",
        "kristin kristina kurt kyle larry lars laura lauren laurence laurent lawrence lea leah lee lena leo leon",
        "leonard leslie lewis liam lillian linda lisa liu logan lois lori louis louise luca lucas lucia lucy luis",
        "luke lydia lynn madeleine maggie manuel marc marcel marco marcus margaret maria marian marianne marie mario",
        "marion marjorie mark marta martha martin marvin mary mathew matt matthew maureen maurice max maya megan",
        "melanie melissa melvin mercedes michael michel michele michelle miguel mike mildred milton miranda mitchell",
        "mohamed mohammad mohammed molly monica monique morgan muhammad nancy naomi natalia natalie natasha nathan",
        "nathaniel neil nicholas nick nicolas nicole nikolai nina noah noel nora norma norman olga oliver olivia omar",
        "oscar owen pablo pamela pascal patricia patrick paul paula pauline pedro peggy penelope peter petra phil",
        "philip philippe phillip phyllis pierre rachel rafael ralph ramon randall randy raul ray raymond rebecca",
        "regina rene renee ricardo richard rick ricky rita rob robert roberta roberto robin rodney roger roland ron",
        "ronald ronnie rosa rosalie rose rosemary roy ruben russell ruth ryan sabrina sally salvatore sam samantha",
        "samuel sandra sara sarah scott sean sebastian sergei sergio seth shane shannon sharon shawn sheila shelley",
        "sherry shirley simon simone sofia sonia sophia sophie stacey stacy stanislav stanley stefan stefano stella",
        "stephanie stephen steve steven stewart stuart sue susan susanne suzanne sven svetlana sylvia tamara tania",
        "tanya tara tatiana taylor ted terence teresa terry theodore theresa thomas tiffany tim timothy tina todd tom",
        "tommy tony tonya tracy travis tyler ursula valerie vanessa vera vernon veronica vicki victor victoria",
        "vincent viola violet virginia vivian vladimir walter wanda warren wayne wei wendy wilhelm will william",
        "willie xavier yolanda yuki yusuf yves yvonne zachary zoe",
    )
    for word in line.split()
)
