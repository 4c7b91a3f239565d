"""`python -m spacy privacy-filter ...`: the commands, and the group that spaCy's own app takes up.

Commands import what is heavy when they run: `python -m spacy` loads this at every start.
"""

import typer
from spacy.cli._util import app as spacy_app

from .data.corpus import corpus_cli
from .data.evaluate import evaluate_cli
from .data.features import features_cli
from .models.checkpoint import checkpoint_cli
from .models.convert import convert_cli
from .models.download import download_cli
from .models.export_onnx import export_onnx_cli
from .models.info import info_cli
from .models.inspect import inspect_cli
from .models.train import train_cli
from .models.train_head import train_head_cli
from .models.tune import tune_cli
from .models.verify import verify_cli
from .text.extract import extract_cli
from .text.redact import redact_cli
from .text.rekey import rekey_cli
from .text.restore import restore_cli
from .text.view import view_cli

app = typer.Typer(
    name="privacy-filter",
    help="Find personal data in text, and hand on a version without it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    # A traceback that shows variables shows somebody's text.
    pretty_exceptions_enable=False,
)
app.command("redact")(redact_cli)
app.command("restore")(restore_cli)
app.command("rekey")(rekey_cli)
app.command("extract")(extract_cli)
app.command("view")(view_cli)
app.command("evaluate")(evaluate_cli)
app.command("corpus")(corpus_cli)
app.command("train", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(
    train_cli
)
app.command("features")(features_cli)
app.command("train-head")(train_head_cli)
app.command("checkpoint")(checkpoint_cli)
app.command("download")(download_cli)
app.command("info")(info_cli)
app.command("convert")(convert_cli)
app.command("export-onnx")(export_onnx_cli)
app.command("inspect")(inspect_cli)
app.command("verify")(verify_cli)
app.command("tune")(tune_cli)
spacy_app.add_typer(app)

__all__ = ["app"]
