"""config.json and tokenizer files of a model for transformers -> sizes, labels and tokenizer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from ...labels.schemes import are_unnamed, read_tags
from ...labels.tags import TagSet
from ...text.subwords import Subwords
from ...text.tokenizer_json import TOKENIZER_LIMIT
from ..encoder_sizes import ENCODER, GRAPH, TOKENIZER, EncoderSizes
from ..layouts import MAX_TAGS
from ..tensors.folder import find_file, has_file, read_json

TOKENIZER_CONFIG: Final = "tokenizer_config.json"
LENGTH: Final = 512  # of a model that names none
# Tokenizers without a limit name a number with thirty digits.
NO_LENGTH: Final = 1 << 30
TOKENS, TEXTS = "ForTokenClassification", "ForSequenceClassification"
MAKE_TOKENIZER: Final = (
    "A fast tokenizer is needed: others do not say which characters a piece stands for. Where "
    "there is a vocab.txt, spm.model or the like, make one: "
    "transformers.AutoTokenizer.from_pretrained(FOLDER).save_pretrained(FOLDER)"
)
# Keys that say nothing about the arithmetic, and that lead to files or code: transformers fetches
# kernels from a hub, and runs them, where an implementation of attention is named that way.
LEFT_OUT: Final = frozenset(
    (
        "attn_implementation", "experts_implementation", "use_kernels", "trust_remote_code",
        "_name_or_path", "architectures", "auto_map", "custom_pipelines", "dtype", "id2label",
        "label2id", "num_labels", "tokenizer_class", "torch_dtype", "transformers_version",
        "transformers.js_config",
    )
)  # fmt: skip


class Kind(NamedTuple):
    """What is peculiar to a type of encoders.

    width, n_layers (str): Keys of config.json.
    offset (bool): Positions are counted from behind the id of padding, so that there are fewer.
    """

    width: str = "hidden_size"
    n_layers: str = "num_hidden_layers"
    offset: bool = False


KINDS: Final = {
    "albert": Kind(),
    "bert": Kind(),
    "camembert": Kind(offset=True),
    "deberta": Kind(),
    "deberta-v2": Kind(),
    "distilbert": Kind("dim", "n_layers"),
    "electra": Kind(),
    "modernbert": Kind(),
    "roberta": Kind(offset=True),
    "xlm-roberta": Kind(offset=True),
}


class Described(NamedTuple):
    """What config.json and the tokenizer say of a model.

    sizes (EncoderSizes): As of weights; a graph has others.
    tags (TagSet | None), categories (tuple | None), exclusive (bool): See `Checkpoint`.
    labels (tuple[str, ...]): Names of its outputs as they are there; none of a base.
    tokenizer (Subwords): Its tokenizer.
    """

    sizes: EncoderSizes
    tags: TagSet | None
    categories: tuple[str, ...] | None
    exclusive: bool
    labels: tuple[str, ...]
    tokenizer: Subwords


def describe(
    folder: Path, values: Mapping[str, Any], where: str, *, graph: bool = False
) -> Described:
    """Read what a folder says of its model, but its weights.

    folder (Path): Where it lies. values (Mapping): Its config.json. where (str): That file.
    graph (bool): Its weights are a graph in ONNX, which holds all that is computed.
    RAISES (ValueError): A model that cannot be used, or files that do not belong together.
    """
    _refuse(values, where)
    tokenizer = read_tokenizer(folder)
    task = find_task(values)
    if graph and not values.get("architectures"):
        task = TOKENS  # the graph itself is looked at when it is opened
    labels = read_labels(values, where) if task else ()
    tags = categories = None
    if task == TOKENS:
        try:
            tags = read_tags(labels)
        except ValueError as error:
            raise ValueError(
                f"{where} is of no token classifier that can be used: {error}"
            ) from None
    elif task == TEXTS:
        categories = check_categories(values, labels, where)
    # As transformers has it: one label alone has nothing to exclude.
    problem = values.get("problem_type")
    exclusive = problem != "multi_label_classification" and len(labels) != 1
    outputs = len(labels) if graph else None
    sizes = read_sizes(folder, values, tokenizer, where, pools=task == TEXTS, outputs=outputs)
    return Described(sizes, tags, categories, exclusive, labels, tokenizer)


def find_task(values: Mapping[str, Any]) -> str:
    """Say what a model was trained for: `TOKENS`, `TEXTS`, or "" for a base without a head."""
    names = values.get("architectures")
    listed = names if isinstance(names, list) else []
    found = {task for task in (TOKENS, TEXTS) for name in listed if str(name).endswith(task)}
    return found.pop() if len(found) == 1 else ""


def read_labels(values: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """Read the names of the outputs, in order.

    RAISES (ValueError): Not one name for each, or more than anybody has.
    """
    names = values.get("id2label")
    if not isinstance(names, dict) or set(names) != {str(i) for i in range(len(names))}:
        raise ValueError(
            f"'id2label' of {where} must be a JSON object with the keys '0', '1' and so on, "
            "without gaps. Correct it in the file."
        )
    found = [names[str(i)] for i in range(len(names))]
    if not all(isinstance(name, str) and name for name in found) or len(found) > MAX_TAGS:
        raise ValueError(
            f"'id2label' of {where} must name up to {MAX_TAGS} labels, each by a string."
        )
    ids = values.get("label2id")
    if are_unnamed(found) and isinstance(ids, dict) and len(ids) == len(found):
        named = {i: str(name) for name, i in ids.items()}
        if set(named) == set(range(len(found))):
            found = [named[i] for i in range(len(found))]
    return tuple(found)


def check_categories(
    values: Mapping[str, Any], labels: tuple[str, ...], where: str
) -> tuple[str, ...]:
    """Refuse a text classifier that gives no categories. RAISES (ValueError)."""
    if values.get("problem_type") == "regression" or len(set(labels)) != len(labels):
        raise ValueError(
            f"{where} is of a model that gives numbers, or two outputs of one name; "
            "privacy_filter_textcat sorts texts into categories, each with a name of its own."
        )
    return labels


def read_tokenizer(folder: Path) -> Subwords:
    """Read the tokenizer of a folder.

    RAISES (FileNotFoundError): There is none, or none that is fast. (ValueError): It is broken.
    """
    if not has_file(folder, TOKENIZER):
        raise FileNotFoundError(f"No {TOKENIZER} in {folder}. {MAKE_TOKENIZER}")
    path = find_file(folder, TOKENIZER)
    stat = path.stat()
    if stat.st_size > TOKENIZER_LIMIT:
        raise ValueError(f"{path} has {stat.st_size} bytes. Is it the right file?")
    tokenizer = _read(path, stat.st_mtime_ns, stat.st_size)
    try:
        tokenizer.around  # noqa: B018 - parsed now, and kept
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    return tokenizer


@lru_cache(maxsize=2)
def _read(path: Path, time: int, size: int) -> Subwords:
    """Read a tokenizer once: some take a second."""
    return Subwords(path.read_bytes())


def read_sizes(
    folder: Path,
    values: Mapping[str, Any],
    tokenizer: Subwords,
    where: str,
    *,
    pools: bool,
    outputs: int | None,
) -> EncoderSizes:
    """Read the sizes of an encoder; outputs (int | None): Of a graph, which has no other width.

    RAISES (ValueError): Some are not there, or those of tokenizer and network do not agree.
    """
    kind = KINDS.get(str(values.get("model_type")), Kind())
    prefix, suffix = (tuple(ids.tolist()) for ids in tokenizer.around)
    vocab_size = values.get("vocab_size", tokenizer.top_id + 1)
    if isinstance(vocab_size, int) and tokenizer.top_id >= vocab_size:
        raise ValueError(
            f"{folder / TOKENIZER} has pieces up to id {tokenizer.top_id}, but the network of "
            f"{where} knows {vocab_size}: it was trained with another vocabulary."
        )
    length = min(_length(values, kind, where), _tokenizer_length(folder))
    try:
        return EncoderSizes(
            ENCODER if outputs is None else GRAPH,
            str(values.get("model_type")),
            values[kind.width] if outputs is None else outputs,
            values[kind.n_layers] if outputs is None else 0,
            vocab_size,
            length - len(prefix) - len(suffix),
            prefix,
            suffix,
            values.get("pad_token_id") or 0,
            pools,
            {key: values[key] for key in sorted(values) if key not in LEFT_OUT and key[0] != "_"},
        )
    except KeyError as error:
        raise ValueError(f"{where} lacks {error}. Download it again.") from None
    except ValueError as error:
        raise ValueError(f"{where} describes an impossible network: {error}") from None


def _length(values: Mapping[str, Any], kind: Kind, where: str) -> int:
    """Most pieces that the network has positions for, with special ones."""
    length = values.get("max_position_embeddings", LENGTH)
    if not isinstance(length, int) or isinstance(length, bool):
        raise ValueError(f"max_position_embeddings of {where} must be a whole number.")
    pad = values.get("pad_token_id")
    return length - (pad if isinstance(pad, int) else 1) - 1 if kind.offset else length


def _tokenizer_length(folder: Path) -> int:
    """Most pieces that the tokenizer would give at once, with special ones."""
    if not has_file(folder, TOKENIZER_CONFIG):
        return NO_LENGTH
    length = read_json(find_file(folder, TOKENIZER_CONFIG)).get("model_max_length")
    if not isinstance(length, (int, float)) or isinstance(length, bool) or length < 1:
        return NO_LENGTH
    return int(min(length, NO_LENGTH))


def _refuse(values: Mapping[str, Any], where: str) -> None:
    """Refuse what is computed in another way than by the model as it is."""
    if values.get("is_decoder") or values.get("is_encoder_decoder"):
        raise ValueError(
            f"{where} is of a decoder, in which a piece does not see what follows it. Give an "
            f"encoder: {', '.join(KINDS)}."
        )
    if values.get("quantization_config") is not None:
        raise ValueError(
            f"{where} is of weights that were quantised for another library. Give the weights in "
            "float32, float16 or bfloat16, or a folder with an ONNX export."
        )
