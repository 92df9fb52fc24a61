"""Train the parser: `python -m training train`. Resumable; the same seed and slices give the same batches.

Learning rates fall in a line over a budget of pieces, not of minutes, so that a run may be cut in slices and
moved between machines. A slice ends after `--minutes` with a checkpoint; the next one goes on from there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tidende.parse import decode, lemmas
from tidende.parse.neural import Analysis
from training import batches, e5, noise, pack
from training.batches import Batch, Row, Split
from training.labels import NAME_TAGS, OPEN, Labels, gather
from training.scores import Tally

if TYPE_CHECKING:
    from torch import Tensor

    from training.model import Parameters, Scores

WEIGHTS = {"upos": 1.0, "feats": 0.5, "lemma": 0.5, "arcs": 1.0, "relations": 1.0, "names": 1.0}


@dataclass(frozen=True, slots=True)
class Options:
    """How to train. `pieces` is the whole budget, `most` the pieces of a batch, `minutes` this slice.

    `cool` is the share of the budget at the end over which the rates fall; `start` a checkpoint of another
    run to go on from, on other data or with a larger budget.
    """

    pack: Path
    run: Path
    log: Path
    more: tuple[Path, ...] = ()
    device: str = "cpu"
    threads: int = 2
    minutes: float = 100.0
    pieces: int = 10_000_000
    most: int = 3500
    rate: float = 4e-4
    head_rate: float = 1.2e-3
    decay: float = 0.9
    warm: float = 0.03
    cool: float = 0.97
    start: Path | None = None
    drop: float = 0.2
    seed: int = 1
    save_every: float = 10.0
    dev_every: float = 10.0
    dev_most: int = 400
    weights: Path | None = None
    precision: str = "auto"


@dataclass(slots=True)
class State:
    """Where a run stands; with parameters and optimiser it is a checkpoint.

    `begun` is what had been seen when the optimiser was new: rates rise from there.
    """

    epoch: int = 0
    batch: int = 0
    step: int = 0
    seen: int = 0
    begun: int = 0


@dataclass(frozen=True, slots=True)
class Data:
    """All that a run reads: rows to learn from, rows to validate on, classes, splitter, noise."""

    train: list[Row]
    dev: dict[str, list[Row]]
    labels: Labels
    split: Split
    noise: noise.Noise
    ends: tuple[int, int]
    pad: int
    digest: str


def load(
    path: Path,
    unigram: e5.Unigram,
    dev_most: int,
    labels: Labels | None = None,
    more: Sequence[Path] = (),
) -> Data:
    """Read the pack and `more` packs over it; `dev_most` is how many sentences of a dev source are used.

    `labels` are the classes of a checkpoint; without them they are gathered from the rows to learn from.
    """
    digest, every = pack.read_all([path, *more])
    split, ends = e5.splitter(unigram), (unigram.bos, unigram.eos)
    rows = list(batches.fitting(every, split, ends))
    train = [row for row in rows if not batches.is_dev(row)]
    dev: dict[str, list[Row]] = {}
    for row in rows:
        if batches.is_dev(row) and row["s"] not in {"turku", "ud-fi-tdt"}:
            dev.setdefault(row["s"], []).append(row)
    return Data(
        train,
        {source: found[:dev_most] for source, found in dev.items()},
        labels or gather(train),
        split,
        noise.read(noise.collect_names(train)),
        ends,
        unigram.pad,
        digest,
    )


def stream(data: Data, state: State, seed: int, most: int) -> Iterator[tuple[int, int, Batch]]:
    """Yield (epoch, number, batch) without end from where `state` stands; all dice hang on the seed."""
    epoch, skip = state.epoch, state.batch
    while True:
        rows = batches.epoch(data.train, Random(f"{seed}:{epoch}"))
        lengths = [batches.length(row, data.split, data.ends) for row in rows]
        plan = batches.plan(lengths, most, Random(f"{seed}:{epoch}:order"))
        for number in range(skip, len(plan)):
            dice = Random(f"{seed}:{epoch}:{number}")
            noisy = (noise.disturb(rows[at], data.noise, dice) for at in plan[number])
            examples = [batches.encode(row, data.labels, data.split, data.ends) for row in noisy]
            yield epoch, number, batches.collate(examples, data.pad)
        epoch, skip = epoch + 1, 0


def pace(seen: int, budget: int, warm: float, cool: float) -> float:
    """Give the share of the learning rate after `seen` pieces.

    It rises over the share `warm` of the budget, stays, and falls to 0 over the last share `cool`. A run that
    stays long can be gone on with on a larger budget from `stable.pt` (Hägele et al. 2024).
    """
    done = seen / budget
    return max(0.0, min(done / warm, 1.0, (1 - done) / cool)) if seen else min(1.0, 1e-3 / warm)


def _left(state: State, options: Options) -> float:
    """Give the share of the budget that is left."""
    return (options.pieces - state.seen) / (options.pieces - state.begun)


def loss(parameters: Parameters, scores: Scores, batch: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Give the loss of each head, a mean over the words that have something to learn.

    Names: minus the logarithm of the probability of all tags that the source allows (see labels.allowed).
    """
    import torch
    from torch.nn import functional

    from training import model

    def classes(logits: Tensor, due: Tensor) -> Tensor:
        total = functional.cross_entropy(
            logits.flatten(0, 1).float(), due.flatten(), ignore_index=OPEN, reduction="sum"
        )
        return total / (due != OPEN).sum().clamp(min=1)

    nodes = torch.cat([torch.ones_like(batch["words"][:, :1]), batch["words"]], dim=1)
    arcs = scores.arcs.float().masked_fill(~nodes[:, None, :], -1e4)
    labels = model.label(parameters, scores, batch["heads"].clamp(min=0))
    chances = functional.log_softmax(scores.names.float(), dim=-1)
    open_ = torch.logsumexp(chances.masked_fill(~batch["names"], -1e4), dim=-1)
    weights = batch["name_weights"]
    return {
        "upos": classes(scores.upos, batch["upos"]),
        "feats": classes(scores.feats, batch["feats"]),
        "lemma": classes(scores.lemma, batch["lemma"]),
        "arcs": classes(arcs, batch["heads"]),
        "relations": classes(labels, batch["relations"]),
        "names": -(open_ * weights).sum() / weights.sum().clamp(min=1.0),
    }


def tensors(batch: Batch, device: str) -> dict[str, Tensor]:
    """Put a batch on the device."""
    import torch

    return {one.name: torch.tensor(getattr(batch, one.name), device=device) for one in fields(batch)}


def forward(
    parameters: Parameters,
    table: Tensor,
    batch: Mapping[str, Tensor],
    sizes: e5.Sizes,
    *,
    drop: float = 0.0,
    short: bool = False,
) -> Scores:
    """Run the network over a batch; `short` computes in bf16 where that is safe."""
    import torch
    from torch.nn import functional

    from training import model

    device = batch["pieces"].device.type
    vectors = functional.embedding(batch["pieces"], table).float()
    with torch.autocast(device, dtype=torch.bfloat16, enabled=short):
        hidden = model.encode(parameters, vectors, batch["mask"], sizes)
        return model.score(parameters, hidden, batch["firsts"], drop)


def is_short(device: str) -> bool:
    """Say whether the device has bf16 products of its own; without them a CPU takes fifty times as long."""
    import torch

    if device != "cpu":
        return True
    found = torch.cpu.get_capabilities()
    return bool(found.get("avx512_bf16") or found.get("amx_bf16") or found.get("bf16"))


def read_rows(
    rows: Sequence[Row], parameters: Parameters, data: Data, scorer: Callable[[Batch], Scores]
) -> list[Analysis]:
    """Read gold words with the model, in the order of the rows; `scorer` runs the network over a batch."""
    import torch

    from training import model

    lengths = [batches.length(row, data.split, data.ends) for row in rows]
    found: dict[int, Analysis] = {}
    labels = data.labels
    for group in batches.plan(lengths, 8000, Random(0)):
        examples = [batches.encode(rows[at], labels, data.split, data.ends) for at in group]
        with torch.no_grad():
            scores = scorer(batches.collate(examples, data.pad))
            arcs = scores.arcs.float().cpu().numpy()
            trees = [
                decode.heads(arcs[i, : len(rows[at]["w"]), : len(rows[at]["w"]) + 1])
                for i, at in enumerate(group)
            ]
            wide = arcs.shape[1]
            heads = torch.tensor(
                [tree + [0] * (wide - len(tree)) for tree in trees], device=scores.arcs.device
            )
            relations = model.label(parameters, scores, heads).argmax(-1).tolist()
            upos, feats, lemma = (
                each.argmax(-1).tolist() for each in (scores.upos, scores.feats, scores.lemma)
            )
            names = scores.names.float().cpu().numpy()
        for i, at in enumerate(group):
            words = rows[at]["w"]
            count = len(words)
            edits = (labels.lemma[one] for one in lemma[i])
            found[at] = Analysis(
                tuple(labels.upos[one] for one in upos[i][:count]),
                tuple(labels.feats[one] for one in feats[i][:count]),
                tuple(lemmas.apply(edit, word) for edit, word in zip(edits, words, strict=False)),
                tuple(trees[i]),
                tuple(labels.relations[one] for one in relations[i][:count]),
                tuple(decode.tags(names[i, :count], labels.names)),
            )
    return [found[at] for at in range(len(rows))]


def validate(
    parameters: Parameters, data: Data, scorer: Callable[[Batch], Scores]
) -> dict[str, dict[str, float]]:
    """Give the scores of each dev source."""
    made: dict[str, dict[str, float]] = {}
    for source, rows in data.dev.items():
        tally = Tally()
        for row, read in zip(rows, read_rows(rows, parameters, data, scorer), strict=True):
            tally.add(row, read)
        made[source] = tally.figures()
    return made


def run(options: Options) -> int:
    """Train for one slice, or to the end of the budget; print and log as it goes; give the exit status."""
    import torch

    from training import model

    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    weights = e5.read(options.weights or e5.find())
    checkpoint = options.run / "last.pt"
    source = checkpoint if checkpoint.exists() else options.start
    held = torch.load(source, map_location="cpu", weights_only=True) if source else None
    known = Labels(**held["labels"]) if held else None
    data = load(options.pack, weights.unigram, options.dev_most, known, options.more)
    labels = data.labels
    counts = model.Counts(
        len(labels.upos), len(labels.feats), len(labels.lemma), len(labels.relations), len(NAME_TAGS)
    )
    short = options.precision == "bf16" or (options.precision == "auto" and is_short(options.device))
    sizes, table = weights.sizes, model.word_table(weights).to(options.device)
    parameters = model.encoder_parameters(weights) | model.head_parameters(sizes.width, counts, options.seed)
    parameters = {name: one.to(options.device).requires_grad_() for name, one in parameters.items()}
    groups = model.groups(parameters, sizes, options.rate, options.head_rate, options.decay)
    optimiser = torch.optim.AdamW(groups, fused=True, betas=(0.9, 0.98))
    state = State()
    if held:
        state = restore(held, parameters, optimiser)
        if source == options.start:
            state.epoch, state.batch = state.epoch + 1, 0
        elif (held["data"], held["seed"], held["most"]) != (data.digest, options.seed, options.most):
            raise ValueError(f"{source}: made with other data, seed or batch size; name another run")
        del held
    stable = options.run / "stable.pt"
    options.log.parent.mkdir(parents=True, exist_ok=True)
    with options.log.open("a", encoding="utf-8") as log:

        def tell(kind: str, **values: Any) -> None:
            line = json.dumps({"kind": kind, "step": state.step, "pieces": state.seen, **values}, default=str)
            print(line, flush=True)
            log.write(line + "\n")
            log.flush()

        told = {key: value for key, value in asdict(options).items() if not isinstance(value, Path)}
        tell(
            "start",
            data=data.digest[:16],
            sentences=len(data.train),
            counts=asdict(counts),
            options=told,
            bf16=short,
        )

        def scorer(batch: Batch) -> Scores:
            return forward(parameters, table, tensors(batch, options.device), sizes, short=short)

        begun = saved = scored = reported = time.monotonic()
        sums: dict[str, float] = {}
        seen, steps, paused = state.seen, 0, 0.0
        for epoch, number, batch in stream(data, state, options.seed, options.most):
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * pace(
                    state.seen - state.begun, options.pieces - state.begun, options.warm, options.cool
                )
            inputs = tensors(batch, options.device)
            scores = forward(parameters, table, inputs, sizes, drop=options.drop, short=short)
            parts = loss(parameters, scores, inputs)
            total = sum(WEIGHTS[name] * one for name, one in parts.items())
            optimiser.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(list(parameters.values()), 1.0)
            optimiser.step()
            state.epoch, state.batch = epoch, number + 1
            state.step, state.seen, steps = state.step + 1, state.seen + batch.size, steps + 1
            for name, one in parts.items():
                sums[name] = sums.get(name, 0.0) + float(one.detach())
            now = time.monotonic()
            if not stable.exists() and _left(state, options) <= options.cool:
                save(stable, parameters, optimiser, state, data=data, options=options)
            over = state.seen >= options.pieces or now - begun > options.minutes * 60
            if over or now - reported > 15:
                speed = (state.seen - seen) / (now - reported - paused)
                means = {name: round(value / steps, 3) for name, value in sums.items()}
                tell("loss", **means, pieces_per_second=round(speed))
                sums, seen, steps, paused, reported = {}, state.seen, 0, 0.0, now
            if over or now - saved > options.save_every * 60:
                save(checkpoint, parameters, optimiser, state, data=data, options=options)
                keep(options.run / "kept", parameters, state)
                saved = time.monotonic()
                paused += saved - now
            if over or now - scored > options.dev_every * 60:
                start = time.monotonic()
                tell("dev", epoch=epoch, scores=validate(parameters, data, scorer))
                scored = time.monotonic()
                paused += scored - start
            if over:
                tell("end", epoch=epoch, minutes=round((time.monotonic() - begun) / 60, 1))
                return 0
    return 0


def save(
    path: Path, parameters: Parameters, optimiser: Any, state: State, *, data: Data, options: Options
) -> None:
    """Write a checkpoint; the one before stays whole until the new one is."""
    import torch

    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    torch.save(
        {
            "parameters": {name: one.detach() for name, one in parameters.items()},
            "optimiser": optimiser.state_dict(),
            "state": asdict(state),
            "labels": asdict(data.labels),
            "data": data.digest,
            "seed": options.seed,
            "most": options.most,
            "dice": torch.get_rng_state(),
        },
        draft,
    )
    draft.replace(path)


def keep(folder: Path, parameters: Parameters, state: State, most: int = 8) -> None:
    """Write the parameters beside those of earlier checkpoints, to be averaged; the oldest goes."""
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    torch.save({name: one.detach() for name, one in parameters.items()}, folder / f"{state.seen:010}.pt")
    for path in sorted(folder.glob("*.pt"))[:-most]:
        path.unlink()


def restore(held: Mapping[str, Any], parameters: Parameters, optimiser: Any) -> State:
    """Take up what a checkpoint holds; give where it stood. One from `thaw` has no optimiser."""
    import torch

    with torch.no_grad():
        for name, one in held["parameters"].items():
            parameters[name].copy_(one)
    if "optimiser" in held:
        optimiser.load_state_dict(held["optimiser"])
        torch.set_rng_state(held["dice"])
    return State(**held["state"])
