"""Lists of pupils in the styles of four systems and a common transfer file, with the mess that they come with."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence

import openpyxl

from vfm.pupils.pupil_compare import PupilChange, answered, compare_pupils, kept_pupil
from vfm.pupils.pupil_match import KeptPupil
from vfm.pupils.pupil_sheet import MEANINGS, PupilSheet, read_pupils
from vfm.pupils.upn import check_letter
from vfm.sheets.headings import find_layout
from vfm.sheets.kept import from_plain, to_plain
from vfm.sheets.preview import Preview
from vfm.sheets.reading import read_table
from vfm.sheets.table import Table

TODAY = dt.date(2027, 1, 21)
COLUMNS = (
    "upn", "reference", "class_name", "need", "second_need", "sex", "joined", "left",
)  # fmt: skip
FLAGS = ("pupil_premium", "fsm", "eal", "looked_after", "top_up")


def upn(number: int, ending: str = "") -> str:
    """A UPN with its right letter; `ending` makes it a temporary one."""
    rest = f"8012345{number:05d}"[: 12 - len(ending)] + ending
    return check_letter(rest) + rest


# In the style of SIMS: titles, a row for each need, legal and preferred names, a page's headings again, a count.
SIMS = (
    "Oak School,,,,,,,,,,,,\n"
    '"SEN register, as at 21/01/2027",,,,,,,,,,,,\n'
    "\n"
    "Adno,UPN,Legal Surname,Preferred Forename,Year Group,Reg Group,DOB,Gender,SEN Status,SEN Start Date,SEN Need Type,Need Ranking,"
    "Pupil Premium Indicator\n"
    f"000123,{upn(1)},O'Neill,Siân,Year  4,4B,03/05/2018,F,K - SEN Support,01/09/2025,SLCN,1,T\n"
    f'000123,{upn(1)},O\'Neill,Siân,Year  4,4B,03/05/2018,F,K - SEN Support,01/09/2025,"Moderate Learning Difficulty",2,T\n'
    f"000124,{upn(2)},SMITH,Ada,Year  4,4B,11/12/2017,F,N - No Special Educational Need,,,,\n"
    "Adno,UPN,Legal Surname,Preferred Forename,Year Group,Reg Group,DOB,Gender,SEN Status,SEN Start Date,SEN Need Type,Need Ranking,"
    "Pupil Premium Indicator\n"
    f"000125,{upn(3)},Özgür,Can,Year  R,RB,20/06/2022,M,E,12/03/2026,ASD,1,T\n"
    ",,,,,,,,,,,,\n"
    "Total 3,,,,,,,,,,,,\n"
)
# In the style of Arbor: one name, words for everything, ISO days.
ARBOR = (
    "Student,UPN,Year group,Registration form,SEN status,SEN need: primary,SEN need: secondary,Free School Meals Eligible,EAL,"
    "In care status,Date of entry\n"
    f'"O\'Neill, Siân",{upn(1)},Year 4,4B,SEN Support,"Speech, Language and Communication Needs",Moderate Learning Difficulty,Yes,No,'
    "No,2022-09-01\n"
    f"Ada Smith,{upn(2)},Year 4,4B,,,,No,No,No,2022-09-01\n"
    f"Can Özgür,{upn(3)},Reception,RB,EHCP,Autistic Spectrum Disorder,,No,Yes,Yes,2026-09-03\n"
)
# In the style of Bromcom: semicolons, capitals, first and last name, ticks, codes with their words.
BROMCOM = (
    "First Name;Last Name;UPN;NC Year;Tutor Group;SEN Provision;SEN Need 1;SEN Need 2;PP;FSM;Mother Tongue;Left\n"
    f"SIÂN;O'NEILL;{upn(1)};4;4B;K;SLCN - Speech, language and communication needs;MLD;✓;✓;ENG;\n"
    f"ADA;SMITH;{upn(2)};4;4B;N;;;;;ENB;\n"
    f"CAN;ÖZGÜR;{upn(3)};R;RB;E;ASD;;✓;;TUR;\n"
    f"BEN;GONE;{upn(4)};6;6A;K;SEMH;;;;ENG;17/07/2026\n"
)
# In the style of ScholarPack: class lists under one another, years in short, old codes, needs in one cell.
SCHOLARPACK = (
    "Class list,,,,,,,\n"
    "Class,Name,Year,UPN,SEN Stage,SEN Needs,FSM,LAC\n"
    "4B,,,,,,,\n"
    f'4B,Siân O\'Neill,Y4,{upn(1)},K,"SLCN, MLD",Y,N\n'
    f"4B,Ada Smith,Y4,{upn(2)},,,N,N\n"
    f"RB,Can Özgür,R,{upn(3)},S,ASD,N,Y\n"
    "RB,Dai New,R,,P,BESD,N,N\n"
)
CTF = f"""<?xml version="1.0" encoding="UTF-8"?>
<CTfile><Header><DocumentName>Common Transfer File</DocumentName><SourceSchool><Estab>2345</Estab></SourceSchool></Header>
<CTFpupilData>
<Pupil><UPN>{upn(1)}</UPN><Surname>O'Neill</Surname><Forename>Siân</Forename><DOB>2018-05-03</DOB><Sex>F</Sex>
 <BasicDetails><NCyearActual>4</NCyearActual><Languages><Type><LanguageType>F</LanguageType><Language>ENG</Language></Type></Languages>
  <FSMhistory><FSMinstance><FSMstartDate>2024-01-01</FSMstartDate></FSMinstance></FSMhistory></BasicDetails>
 <SENhistory><SEN><StartDate>2023-09-01</StartDate><SENprovision>N</SENprovision></SEN>
  <SEN><StartDate>2025-09-01</StartDate><SENprovision>K</SENprovision></SEN>
  <SENneeds><SENneed><SENtypeRank>2</SENtypeRank><SENtype>MLD</SENtype></SENneed>
  <SENneed><SENtypeRank>1</SENtypeRank><SENtype>SLCN</SENtype></SENneed></SENneeds></SENhistory>
 <Contacts><Contact><Surname>Somebody</Surname><Forename>Else</Forename><Gender>M</Gender></Contact></Contacts>
 <SchoolHistory><School><EntryDate>2022-09-01</EntryDate><LeavingDate>2026-07-17</LeavingDate></School></SchoolHistory></Pupil>
<Pupil><UPN>{upn(3)}</UPN><Surname>Özgür</Surname><Forename>Can</Forename><DOB>2022-06-20</DOB><Gender>M</Gender>
 <SENhistory><SEN><StartDate>2012-01-01</StartDate><SENprovision>A</SENprovision></SEN>
 <SEN><StartDate>2026-03-12</StartDate><SENprovision>E</SENprovision></SEN></SENhistory></Pupil>
</CTFpupilData></CTfile>
"""


def table_of(data: bytes) -> Table:
    """What the site keeps of an uploaded sheet."""
    return from_plain(to_plain(read_table(data, lenient=True)))


def pupils_in(table: Table, september: int = 2026) -> PupilSheet:
    return read_pupils(table, find_layout(table, MEANINGS, {}), september)


def resaved(text: str, delimiter: str = ",") -> bytes:
    """The same sheet after somebody has opened it in a spreadsheet program: figures have become numbers, days have become dates."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in table_of(text.encode()).rows:
        while sheet.max_row < line.number - 1:
            sheet.append([None])
        for column, cell in enumerate(line.cells, start=1):
            sheet.cell(line.number, column).value = _as_excel(cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _as_excel(cell: str) -> int | str | dt.date | None:
    parts = cell.split("/")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return dt.date(int(parts[2]), int(parts[1]), int(parts[0]))
    return int(cell) if cell.isdigit() else cell or None


def compared(table: Table, kept: Sequence[KeptPupil] = (), **answers: str) -> tuple[Preview, list[PupilChange]]:
    """What bringing it in would do on the day of the January census."""
    return compare_pupils(pupils_in(table), kept, answered(answers, TODAY, 2026))


def after(kept: Sequence[KeptPupil], changes: Iterable[PupilChange]) -> list[KeptPupil]:
    """The register once the changes are written."""
    register = {each.id: each for each in kept}
    for change in changes:
        old = change.kept
        identity = old.id if old else len(register) + 1
        empty = dict.fromkeys(COLUMNS) | dict.fromkeys(FLAGS, False)
        values = (dict(old.values) if old else empty) | dict(change.values)
        register[identity] = kept_pupil(identity, values, (*(old.known.steps if old else ()), *change.steps))
    return list(register.values())
