"""DataFrames of pandas and polars: cells are redacted, and all else stays."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import spacy

from spacy_privacy_filter import redact_frame, reidentify
from spacy_privacy_filter.errors import WrongUseError

from ...finding import KEY

pytestmark = pytest.mark.usefixtures("_finder")
NLP = spacy.blank("xx")
P = "[PRIVATE_PERSON]"


def redact(df: Any, *args: Any, **settings: Any) -> Any:
    return redact_frame(df, *args, nlp=NLP, **settings)


class TestPandas:
    pd = pytest.importorskip("pandas")

    def frame(self) -> Any:
        pd = self.pd
        return pd.DataFrame(
            {
                "name": ["Ada", None, "Zoe", "Bob"],
                "note": ["to Ada", float("nan"), "x", ""],
                "n": [1, 2, 3, 4],
                "kind": pd.Categorical(["Bob", "a", None, "Bob"], ["a", "Bob", "b"], ordered=True),
                "dob": pd.to_datetime(["1980-02-03", None, "1990-01-01", "1980-02-03"]),
                "phone": [5551234567.0, float("nan"), 1.0, 2.0],
                "any": pd.Series(
                    ["Ada", 5, None, pd.NA], dtype=object, index=[10, 20, 20, 40]
                ).to_numpy(),
            },
            index=self.pd.Index([10, 20, 20, 40], name="key"),
        )

    def test_cells_are_redacted_and_all_else_stays(self) -> None:
        source = self.frame()
        made = redact(source)
        assert made["note"].iloc[0] == f"to {P}"
        assert list(made["name"].iloc[[0, 2, 3]]) == [P, "Zoe", P]
        assert made["kind"].tolist()[:2] == [P, "a"]
        assert list(made["kind"].cat.categories) == ["a", P]
        assert made["kind"].cat.ordered
        assert made["any"].tolist()[:2] == [P, 5]
        assert made.index.equals(source.index)
        assert list(made.columns) == list(source.columns)
        assert made.isna().equals(source.isna())
        same = ["n", "dob", "phone"]
        self.pd.testing.assert_frame_equal(made[same], source[same])
        assert made.dtypes["note"] == source.dtypes["note"]
        self.pd.testing.assert_frame_equal(source, self.frame())

    def test_columns_that_are_declared(self) -> None:
        whole = {"name": "private_person", "dob": "private_date", "phone": "private_phone"}
        made = redact(
            self.frame(), ["note"], whole=whole, drop=["any"], policy={"default": "number"}
        )
        assert list(made["name"].iloc[[0, 2, 3]]) == ["[PERSON_1]"] * 3
        assert made["note"].iloc[0] == "to [PERSON_1]"
        assert made["dob"].isna().tolist() == [False, True, False, False]
        assert made["dob"].iloc[0] == "[DATE_1]"
        assert made["phone"].iloc[0] == "[PHONE_1]"
        assert "any" not in made
        assert made["kind"].tolist()[0] == "Bob", "nobody asked for it"

    def test_values_are_spelled_as_people_do(self) -> None:
        pytest.importorskip("cryptography")
        made = redact(self.frame(), [], whole={"phone": "x", "dob": "y"}, method="encrypt", key=KEY)
        cells = [*made["phone"].dropna(), *made["dob"].dropna()]
        assert [reidentify(cell, KEY) for cell in cells] == [
            "5551234567",
            "1",
            "2",
            "1980-02-03",
            "1990-01-01",
            "1980-02-03",
        ]

    def test_other_kinds_of_text_and_empty_frames(self) -> None:
        pd = self.pd
        df = pd.DataFrame({"a": pd.array(["Ada", pd.NA], dtype="string")})
        made = redact(df)
        assert made["a"].dtype == df["a"].dtype
        assert made["a"].isna().tolist() == [False, True]
        assert redact(df.iloc[:0]).equals(df.iloc[:0])
        assert redact(pd.DataFrame()).shape == (0, 0)
        by_number = redact(pd.DataFrame({0: ["Ada"], ("a", 1): ["x"]}))
        assert by_number[0].tolist() == [P]

    def test_dates_of_one_subject_move_together(self) -> None:
        df = self.pd.DataFrame({"who": ["a", "b", "a"], "d": ["2026-05-04"] * 3})
        made = redact(df, whole={"d": "private_date"}, subject="who", policy="research", key=KEY)
        one, other, again = made["d"]
        assert one == again != other
        assert made["who"].tolist() == ["a", "b", "a"]

    def test_mistakes(self) -> None:
        df = self.frame()
        for args, message in (
            ((["none"],), "There is no column 'none'. There are: name"),
            (("name",), "as a list"),
            ((["n"],), "'n' does not hold text"),
        ):
            with pytest.raises(WrongUseError, match=message):
                redact(df, *args)
        twice = self.pd.concat([df["name"], df["name"]], axis=1)
        with pytest.raises(WrongUseError, match="more than one column 'name'"):
            redact(twice)
        for wrong in ([1], {"a": ["b"]}, df["name"]):
            with pytest.raises(TypeError, match="DataFrame of pandas or polars"):
                redact(wrong)


class TestPolars:
    pl = pytest.importorskip("polars")

    def test_cells_are_redacted_and_all_else_stays(self) -> None:
        pl = self.pl
        df = pl.DataFrame(
            {
                "name": ["Ada", None, "Zoe"],
                "dob": [datetime.date(1980, 2, 3), None, datetime.date(1990, 1, 1)],
                "c": pl.Series(["to Bob", "x", None], dtype=pl.Categorical),
                "f": [1.5, float("nan"), None],
                "list": [[1], [], None],
            }
        )
        made = redact(df)
        assert made["name"].to_list() == [P, None, "Zoe"]
        assert made["c"].to_list() == [f"to {P}", "x", None]
        assert made["c"].dtype == pl.Categorical
        assert made.drop("name", "c").equals(df.drop("name", "c"), null_equal=True)
        whole = {"dob": "private_date", "name": "private_person"}
        declared = redact(df, [], whole=whole, drop=["list"])
        assert declared["dob"].to_list() == ["[PRIVATE_DATE]", None, "[PRIVATE_DATE]"]
        assert declared["name"].to_list() == [P, None, P]
        assert declared.columns == ["name", "dob", "c", "f"]
        with pytest.raises(TypeError, match=r"LazyFrame\. Collect it first"):
            redact(df.lazy())
        assert redact(df.clear()).equals(df.clear())
