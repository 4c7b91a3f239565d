"""Numbers that states of Africa, Asia and Oceania give to people and firms."""

from __future__ import annotations

from .. import checks
from .. import dates_inside as inside
from ..dates_inside import DAY, MONTH
from ..kind import Kind
from ..makers import make_ric, make_rrn

KINDS = (
    Kind(
        key="za_id",
        name="South African ID",
        countries=("ZA",),
        form=rf"\d\d{MONTH}{DAY}\d{{4}}[01]\d\d",
        fix=checks.fix_luhn,
        examples=("7503305044089",),
        layouts=("###### #### ## #",),
        fill=inside.id_of_south_africa,
        words=("SA ID", "South African ID", "ID nommer", "Identiteitsnommer", "RSA ID"),
    ),
    Kind(
        key="cn_ric",
        name="Chinese resident's number",
        countries=("CN",),
        form=rf"[1-8]\d{{5}}(?:19|20)\d\d{MONTH}{DAY}\d{{3}}[\dX]",
        fix=checks.fix_ric,
        examples=("360426199101010071", "11010519491231002X"),
        layouts=("##################",),
        fill=inside.ric,
        make=make_ric,
        words=(
            "身份证",
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "居民身份证",
            "居民身份证号码",
            "resident identity card",
        ),
        alone=True,
    ),
    Kind(
        key="in_aadhaar",
        name="Indian Aadhaar",
        countries=("IN",),
        form=r"[2-9]\d{11}",
        fix=checks.fix_aadhaar,
        examples=("234123412346",),
        layouts=("#### #### ####",),
        words=("Aadhaar", "Aadhar", "UID", "UIDAI", "आधार", "आधार संख्या"),
    ),
    Kind(
        key="kr_rrn",
        name="Korean resident's number",
        countries=("KR",),
        form=rf"\d\d{MONTH}{DAY}\d{{7}}",
        fix=checks.fix_rrn,
        examples=("9710139019902",),
        layouts=("######-#######",),
        make=make_rrn,
        sought=False,
        words=("주민등록번호", "주민번호", "RRN", "resident registration"),
    ),
    Kind(
        key="au_abn",
        name="Australian ABN",
        countries=("AU",),
        form=r"\d{11}",
        fix=checks.fix_abn,
        examples=("83914571673",),
        layouts=("## ### ### ###",),
        words=("ABN",),
    ),
    Kind(
        key="au_tfn",
        name="Australian TFN",
        countries=("AU",),
        form=r"\d{9}",
        fix=checks.fix_tfn,
        examples=("123456782",),
        layouts=("### ### ###",),
        words=("TFN", "tax file"),
    ),
)
