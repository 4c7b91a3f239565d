"""Years, bands of ages and starts of postcodes; what cannot be read tells nothing."""

from __future__ import annotations

import pytest

from ..helpers import write


@pytest.mark.parametrize(
    ("operator", "settings", "label", "text", "made"),
    [
        ("generalise", {}, "date", "4 May 1999", "1999"),
        ("generalise", {"min_year": 2000}, "date", "4 May 1999", "[DATE]"),
        ("generalise", {}, "date", "12 มีนาคม 2470", "[DATE]"),
        ("generalise", {}, "date", "昭和 1975年3月12日", "[DATE]"),
        ("generalise", {}, "date", "1975年3月12日", "1975"),
        ("generalise", {}, "date", "12 марта 1975 года", "1975"),
        ("generalise", {}, "date", "some day in May", "[DATE]"),
        ("generalise", {}, "date", "4 May", "[DATE]"),
        ("generalise", {}, "age", "47 years", "40-49"),
        ("generalise", {}, "age", "89", "80-89"),
        ("generalise", {"age_band": 1}, "age", "34", "34"),
        ("generalise", {}, "age", "90", "90+"),
        ("generalise", {"age_band": 25}, "age", "80", "75-89"),
        ("generalise", {}, "age", "20 to 30", "[AGE]"),
        ("generalise", {}, "age", "34, female", "30-39"),
        ("generalise", {}, "age", "34-year-old", "30-39"),
        ("generalise", {}, "age", "6 months", "0-9"),
        ("generalise", {}, "age", "90 Tage", "0-9"),
        ("generalise", {"age_band": 1}, "age", "18 months old", "1"),
        ("generalise", {"age_band": 1}, "age", "Age (months): 12", "1"),
        ("generalise", {"age_band": 1}, "age", "3-wöchige", "0"),
        ("generalise", {"age_band": 1}, "age", "24 mois", "2"),
        ("generalise", {"age_band": 1}, "age", "11 meses", "0"),
        ("generalise", {"age_band": 1}, "age", "60 settimane", "1"),
        ("generalise", {"age_band": 1}, "age", "400 días", "1"),
        ("generalise", {"age_band": 1}, "age", "34 años", "34"),
        ("generalise", {"age_band": 1}, "age", "34-jährige", "34"),
        ("generalise", {"age_band": 1}, "age", "34歳です", "34"),
        ("generalise", {"age_band": 1}, "age", "6个月大", "0"),
        ("generalise", {"age_band": 1}, "age", "6 kuukautta", "[AGE]"),
        ("generalise", {}, "age", "3 weeks short of 60 years", "[AGE]"),
        ("generalise", {}, "age", "60 years less some months", "[AGE]"),
        ("generalise", {}, "age", "in her 40s", "40-49"),
        ("generalise", {"age_band": 1}, "age", "mid-40’s", "40-49"),
        ("generalise", {"age_band": 25}, "age", "40s", "25-49"),
        ("generalise", {"age_band": 1}, "age", "in den 80ern", "80-89"),
        ("generalise", {"max_age": 85}, "age", "80s", "[AGE]"),
        ("generalise", {"age_band": 1}, "age", "90s", "90+"),
        ("generalise", {}, "age", "70+", "[AGE]"),
        *(
            ("generalise", {}, "age", text, "90+")
            for text in (
                ">89",
                "> 89",
                "≥ 89",
                "&gt;89",
                "over 89",
                "Older than 89 years",
                "at least 89",
                "aged 89 or older",
                "89 years and over",
                "89 years +",
                "über 89",
                "mehr als 89 Jahre",
                "au moins 89 ans",
                "plus de 89 ans",
                "más de 89 años",
                "mayor de 89",
                "oltre 89 anni",
                "pelo menos 89 anos",
                "ouder dan 89",
                "89歳以上",
                "старше 89 лет",
                "90 or above",
            )
        ),
        ("generalise", {}, "age", "over 70", "[AGE]"),
        ("generalise", {}, "age", "not over 89", "[AGE]"),
        ("generalise", {}, "age", "over 80s", "[AGE]"),
        ("generalise", {"age_band": 1}, "age", "<1", "0"),
        ("generalise", {"age_band": 1}, "age", "under 1 year", "0"),
        ("generalise", {"age_band": 1}, "age", "< 18 months", "0-1"),
        ("generalise", {"age_band": 1}, "age", "less than 24 months", "0-1"),
        ("generalise", {"age_band": 1}, "age", "up to 12", "0-12"),
        ("generalise", {"age_band": 1}, "age", "moins de 3 ans", "0-2"),
        ("generalise", {}, "age", "<20", "0-19"),
        ("generalise", {}, "age", "<= 90", "[AGE]"),
        ("generalise", {}, "postcode", "90210", "902**"),
        ("generalise", {}, "zip", "03601-1234", "000*****"),
        *(
            ("generalise", {}, "zip", text, "000*****")
            for text in ("036011234", "059011234", "05901 1234", "05901–1234", "05901\u20111234")
        ),
        *(
            ("generalise", {}, "zip", text, "000**")
            for text in ("05901.", " 05901", "05901\n", "059 01", "０５９０１", "٠٥٩٠١")
        ),
        *(
            ("generalise", {}, "zip", text, "[ZIP]")
            for text in (
                "5901",
                "59011234",
                "5901-1234",
                "6011234",
                "5901 VT",
                "VT 05901",
                "ZIP05901",
                "059-01-1234",
                "05901123456",
            )
        ),
        ("generalise", {}, "zip", "100-0001", "100****"),
        ("generalise", {}, "postcode", "1012 AB", "101***"),
        ("generalise", {}, "postcode", "K1A 0B1", "K1A***"),
        ("generalise", {}, "postcode", "SW1A 1AA", "SW1****"),
        ("generalise", {}, "postcode", "902", "[POSTCODE]"),
        ("generalise", {}, "person", "Ada", "[PERSON]"),
    ],
)
def test_what_is_written(operator, settings, label, text, made) -> None:
    assert write(text, label, operator, **settings) == made
