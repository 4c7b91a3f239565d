"""Given names that nearly always say a person's gender; in every install the same ones."""

from __future__ import annotations

_FEMALE = """
    abigail ada agnes aisha alice alicia amanda amelia amina amy ana andrea angela anita ann
    anna anne anneliese annette antonia astrid barbara beatrice becky bella beth betty birgit brenda
    brigitte bridget camila carla carmen carol caroline catherine cecilia charlotte chiara
    christina christine claire clara claudia cynthia deborah denise diana diane donna dora doris
    dorothy edith eileen elaine eleanor elena elizabeth ella ellen elsa emily emma erika esther
    eva eve fatima fiona florence frances francesca frieda gabriela georgia gertrude gisela
    giulia gloria grace greta hannah harriet heather heidi helen helena helga hilda hildegard
    ida ines ingrid irene irina isabel isabella jacqueline jane janet janice jennifer jenny
    jessica joan joanna josephine joyce judith judy julia julie karen katharina katherine
    kathleen kathryn katie kelly laura lena leila lina linda lisa louise lucia lucy lydia mabel
    madeleine magdalena margaret maria marie marina marion marlene marta martha mary mathilde
    megan melanie melissa mia michelle miriam monica monika nadia nancy natalia natalie nicole
    nina nora olga olivia pamela patricia paula petra phyllis priya rachel rebecca renate rita
    rosa rosemary ruth sabine samantha sandra sara sarah sharon sheila shirley silvia simone
    sofia sonia sophia sophie stella stephanie susan susanne sylvia tamara tanya teresa theresa
    tina ursula valentina valerie vanessa vera veronica victoria virginia wendy yasmin yolanda
    yvonne
"""
_MALE = """
    aaron abdul abraham adam ahmed alan albert alberto alejandro alessandro alexander alfred ali
    andreas andres andrew anthony antonio arnold arthur barry ben benjamin bernard bernd bob
    boris brandon brian bruce bryan carl carlos charles christian christoph christopher claus
    colin craig daniel dave david dennis derek dieter diego dirk dmitri donald douglas duncan
    edgar eduardo edward emil enrique eric ernest erik ethan eugene felipe felix fernando
    francesco francisco frank franz fred frederick friedrich gareth gary geoffrey george gerald
    gerhard giovanni giuseppe gordon graham greg gregory gustav guy hans harold harry hassan
    heinrich helmut henri henrik henry herbert hiroshi horst howard hugh hugo ian ibrahim igor
    isaac ivan jack jacob jakob james jason javier jeffrey jeremy jim joachim joe joel john
    johann johannes jonas jonathan jorge jose joseph joshua juan jurgen karl keith kenneth kevin
    klaus kurt lars lawrence leo leon leonard liam lorenzo lothar ludwig luis lukas luke manfred
    manuel marco marcus mario mark markus martin matthew matthias max michael miguel mohamed
    mohammed muhammad nathan neil nicholas nicolas nigel norbert oliver omar oscar otto pablo
    patrick paul pedro peter philip philippe pierre rainer ralph ramon raymond ricardo richard
    rob robert roberto roger roland ronald rolf rudolf russell ryan salvatore samuel santiago
    scott sean sebastian sergei sergio simon stefan stephen steven stuart sven thomas thorsten
    bjoern guenter guenther joerg juergen tim timothy tobias tom tomas tony ulrich vincent viktor
    victor vladimir walter werner wilhelm william wolfgang yusuf
"""
GENDERS = {
    **dict.fromkeys(_FEMALE.split(), "female"),
    **dict.fromkeys(_MALE.split(), "male"),
}


def given_gender(name: str) -> str:
    """The gender that a given name, or a part of a double one, nearly always tells; or "".

    name (str): As `letters.fold_name` gives it.
    """
    return next((GENDERS[part] for part in (name, *name.split("-")) if part in GENDERS), "")
