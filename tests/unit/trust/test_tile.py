"""A log lies in files as others expect it."""

import pytest

from app.errors import LedgerError
from app.trust.merkle import Node
from app.trust.tile import Tile, bundle_path, bundles_of, join_bundle, split_bundle, split_tile, tiles_of


def test_seventy_thousand_entries_lie_as_the_specification_says() -> None:
    tiles = list(tiles_of(70_000))
    level = {number: [tile for tile in tiles if tile.level == number] for number in range(4)}
    assert [len(level[number]) for number in range(4)] == [274, 2, 1, 0]
    assert [tiles[-1].width, level[0][-1].width, level[1][-1].width, level[1][0].width] == [1, 112, 17, 256]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


def test_paths_are_those_of_the_specification() -> None:
    assert Tile(0, 1_234_067).path == "tile/0/x001/x234/067"
    assert Tile(1, 5, 17).path == "tile/1/005.p/17"
    assert bundle_path(0, 256) == "tile/entries/000"
    assert bundle_path(273, 112) == "tile/entries/273.p/112"
    assert list(bundles_of(300)) == [(0, 256), (1, 44)]


def test_a_tile_holds_the_hashes_of_whole_subtrees() -> None:
    assert Tile(1, 2, 3).nodes == (Node(8, 512), Node(8, 513), Node(8, 514))


@pytest.mark.parametrize(
    "entries",
    [(), (b"",), (b"", b"", b""), (b"one",), (b"one", b"two", b"six"), (b"", b"one", bytes(300)), (bytes(300),) * 3],
)
def test_a_bundle_gives_back_its_entries(entries: tuple[bytes, ...]) -> None:
    assert split_bundle(join_bundle(entries)) == entries


def test_a_bundle_that_breaks_off_says_where() -> None:
    data = join_bundle([b"one", b"two"])
    for size in set(range(1, len(data))) - {5}:
        with pytest.raises(LedgerError) as error:
            split_bundle(data[:size])
        assert error.value.data["place"] == (0 if size < 5 else 5)


def test_a_tile_of_broken_hashes_is_refused() -> None:
    assert split_tile(bytes(64)) == (bytes(32), bytes(32))
    with pytest.raises(LedgerError):
        split_tile(bytes(33))
