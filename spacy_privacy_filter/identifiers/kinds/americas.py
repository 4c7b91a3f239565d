"""Numbers that states of the Americas give to people and firms."""

from __future__ import annotations

import re
from typing import Final

from .. import checks
from .. import dates_inside as inside
from ..dates_inside import DAY, MONTH
from ..kind import Kind
from ..makers import from_pattern, make_routing, make_ssn

# Where the US revenue service gives out numbers of firms.
_EIN: Final = "0[1-6]|1[0-6]|2[0-7]|3[0-9]|4[0-8]|5[0-9]|6[0-8]|7[1-7]|8[0-8]|9[0-58-9]"
_SSN: Final = r"(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}"
# Printed in advertisements, and used by so many people that they were withdrawn.
_WITHDRAWN_SSNS: Final = ("078051120", "219099999", "457555462")


def _is_ssn(value: str) -> bool:
    return bool(re.fullmatch(_SSN, value, re.ASCII)) and value not in _WITHDRAWN_SSNS


KINDS = (
    Kind(
        key="mx_curp",
        name="Mexican CURP",
        countries=("MX",),
        form=rf"[A-Z]{{4}}\d\d{MONTH}{DAY}[HM](?:{'|'.join(inside.STATES)})[A-Z]{{3}}[A-Z\d]\d",
        fix=checks.fix_curp,
        examples=("BOXW310820HNERXN09",),
        layouts=("##################",),
        fill=inside.curp,
        words=("CURP",),
        alone=True,
    ),
    Kind(
        key="br_cnpj",
        name="Brazilian CNPJ",
        countries=("BR",),
        form=r"(?!0{12})\d{14}",
        fix=checks.fix_cnpj,
        examples=("16727230000197",),
        layouts=("##.###.###/####-##",),
        words=("CNPJ",),
        alone=True,
    ),
    Kind(
        key="br_cpf",
        name="Brazilian CPF",
        countries=("BR",),
        form=r"(?!(\d)\1{10})\d{11}",
        fix=checks.fix_cpf,
        examples=("39053344705",),
        layouts=("###.###.###-##",),
        make=from_pattern(checks.fix_cpf, "#########"),
        words=("CPF",),
    ),
    Kind(
        key="ar_cuit",
        name="Argentine CUIT",
        countries=("AR",),
        form=r"(?:2[0347]|3[034]|5[015])\d{9}",
        fix=checks.fix_cuit,
        examples=("20055361682",),
        layouts=("##-########-#",),
        fill=inside.cuit,
        words=("CUIT", "CUIL"),
    ),
    Kind(
        key="cl_rut",
        name="Chilean RUT",
        countries=("CL",),
        form=r"\d{7,8}[\dK]",
        fix=checks.fix_rut,
        examples=("125319092", "76086420K", "61286306"),
        layouts=("#.###.###-#", "##.###.###-#"),
        words=("RUT", "RUN"),
    ),
    Kind(
        key="ca_sin",
        name="Canadian SIN",
        countries=("CA",),
        form=r"[1-79]\d{8}",
        fix=checks.fix_luhn,
        examples=("123456782",),
        layouts=("### ### ###", "###-###-###"),
        make=from_pattern(checks.fix_luhn, "#######0", "1234567"),
        words=("SIN", "NAS", "social insurance"),
    ),
    # The next three have no checksum, but numbers that nobody is given.
    Kind(
        key="us_itin",
        name="US ITIN",
        countries=("US",),
        form=r"9\d\d(?:7\d|8[0-8]|9[0-24-9])\d{4}",
        fix=str,
        examples=("912903456",),
        layouts=("###-##-####",),
        fill=inside.itin,
        words=("ITIN",),
    ),
    Kind(
        key="us_ssn",
        name="US SSN",
        countries=("US",),
        form=_SSN,
        fix=str,
        examples=("536904399",),
        layouts=("###-##-####",),
        make=make_ssn,
        check=_is_ssn,
        words=("SSN", "social security"),
    ),
    Kind(
        key="us_ein",
        name="US EIN",
        countries=("US",),
        form=rf"(?:{_EIN})\d{{7}}",
        fix=str,
        examples=("911144442",),
        layouts=("##-#######",),
        words=("EIN", "FEIN", "employer identification"),
    ),
    Kind(
        key="us_routing",
        name="US routing number",
        countries=("US",),
        form=r"(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}",
        fix=checks.fix_routing,
        examples=("123456780",),
        layouts=("#########",),
        make=make_routing,
        sought=False,
        words=("routing", "ABA", "RTN", "routing transit", "transit"),
    ),
    Kind(
        key="us_npi",
        name="US NPI",
        countries=("US",),
        form=r"[12]\d{9}",
        fix=checks.fix_npi,
        examples=("1234567893",),
        layouts=("##########",),
        make=from_pattern(checks.fix_npi, "########0", "12"),
        sought=False,
        words=("NPI",),
    ),
)
