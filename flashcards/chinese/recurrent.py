"""A small recurrent network that helps where the linear model is unsure of a rare character.

It is g2pM (Park and Lee 2020, Apache-2.0): a bidirectional LSTM over characters with 32 units a direction. Its weights
are stored as bytes, a scale for each row. `tools/train_readings.py` makes the file from the published weights.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WEIGHTS = "recurrent.bin"
REACH = 16
"""How many characters on each side of one it looks at; its accuracy is that of whole sentences."""

_START, _END, _UNKNOWN = "시", "끝", "<UNK>"


class Matrix(msgspec.Struct, frozen=True, array_like=True):
    """Rows × columns of signed bytes; a row's are to be multiplied by its scale."""

    rows: int
    columns: int
    values: bytes
    scales: tuple[float, ...]


class Weights(msgspec.Struct, frozen=True, array_like=True):
    """The network as it is stored.

    `symbols` are the characters that it knows, in the order of the rows of `embedding`; `readings` the syllables that
    it tells apart, in the order of the rows of `output`; `candidates` lines of a character and its readings. Biases
    are matrices of one row.
    """

    symbols: tuple[str, ...]
    readings: tuple[str, ...]
    candidates: str
    matrices: dict[str, Matrix]


@dataclass(frozen=True, slots=True)
class Network:
    """The network, ready for use."""

    symbols: Mapping[str, int]
    readings: Mapping[str, int]
    candidates: Mapping[str, tuple[str, ...]]
    matrices: Mapping[str, "Floats"]

    def log_probabilities(self, text: str, places: Sequence[int]) -> list[dict[str, float]]:
        """For characters of a text, all of them among the candidates, the logarithm of each reading's probability."""
        import numpy as np

        forward = self._states(text, places, 1)
        backward = self._states(text, places, -1)
        m = self.matrices
        hidden = np.maximum(np.concatenate([forward, backward], 1) @ m["hidden"].T + m["hidden bias"], 0)
        out = []
        for place, row in zip(places, hidden, strict=True):
            readings = self.candidates[text[place]]
            chosen = [self.readings[reading] for reading in readings]
            scores = m["output"][chosen] @ row + m["output bias"][0, chosen]
            scores -= scores.max()
            scores -= np.log(np.exp(scores).sum())
            out.append(dict(zip(readings, scores.tolist(), strict=True)))
        return out

    def _states(self, text: str, places: Sequence[int], step: int) -> "Floats":
        """What the network remembers at each place when it has read up to there in one direction."""
        import numpy as np

        name = "forward" if step == 1 else "backward"
        unknown, edge = self.symbols[_UNKNOWN], self.symbols[_START if step == 1 else _END]
        runs = []
        for place in places:
            first, last = (max(0, place - REACH), place + 1) if step == 1 else (place, place + REACH + 1)
            run = [self.symbols.get(character, unknown) for character in text[first:last][::step]]
            runs.append([edge, *run] if len(run) <= REACH else run)
        length = max(map(len, runs))
        symbols = np.array([[0] * (length - len(run)) + run for run in runs])
        begun = np.array([[0] * (length - len(run)) + [1] * len(run) for run in runs], np.float32)
        inputs = self.matrices["embedding"][symbols] @ self.matrices[f"{name} input"].T + self.matrices[f"{name} bias"]
        recurrent = self.matrices[f"{name} state"].T
        units = recurrent.shape[0]
        state = np.zeros((len(runs), units), np.float32)
        memory = np.zeros_like(state)
        for t in range(length):
            gates = inputs[:, t] + state @ recurrent
            opened = 1 / (1 + np.exp(-gates))
            fresh = np.tanh(gates[:, 2 * units : 3 * units])
            memory = (opened[:, units : 2 * units] * memory + opened[:, :units] * fresh) * begun[:, t, None]
            state = opened[:, 3 * units :] * np.tanh(memory)
        return state


@cache
def trained() -> Network:
    """The network that comes with the package."""
    data = resources.files("flashcards.chinese").joinpath(WEIGHTS).read_bytes()
    return ready(msgspec.msgpack.decode(zlib.decompress(data), type=Weights))


def ready(weights: Weights) -> Network:
    """The network for use."""
    import numpy as np

    def floats(matrix: Matrix) -> "Floats":
        values = np.frombuffer(matrix.values, np.int8).reshape(matrix.rows, matrix.columns).astype(np.float32)
        return values * np.array(matrix.scales, np.float32)[:, None]

    return Network(
        {symbol: i for i, symbol in enumerate(weights.symbols)},
        {reading: i for i, reading in enumerate(weights.readings)},
        {line[0]: tuple(line[1:].split()) for line in weights.candidates.splitlines()},
        {name: floats(matrix) for name, matrix in weights.matrices.items()},
    )
