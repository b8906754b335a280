"""Pictures made smaller by the mean over each cell's area: the same bytes as OpenCV's INTER_AREA, from which DIAMOND's frames come."""
import math

import numpy as np


def _shares(source, target):
    """Which source rows each target row is a mean of, and with what share: index and share, [most, target]."""
    scale = source / target
    cells = []
    for i in range(target):
        begin, end = i * scale, (i + 1) * scale
        width = min(scale, source - begin)
        first, last = math.ceil(begin), min(math.floor(end), source - 1)
        first = min(first, last)
        cell = []
        if first - begin > 1e-3:
            cell.append((first - 1, (first - begin) / width))
        cell += [(s, 1.0 / width) for s in range(first, last)]
        if end - last > 1e-3:
            cell.append((last, min(end - last, 1.0, width) / width))
        cells.append(cell)
    most = max(map(len, cells))
    index, share = np.zeros((most, target), np.intp), np.zeros((most, target), np.float32)
    for i, cell in enumerate(cells):
        for k, (row, part) in enumerate(cell):
            index[k, i], share[k, i] = row, part
    return index, share


class Area:
    """Sums in fp32 and in OpenCV's order: along rows first, then down, then rounded to the nearest even byte."""

    def __init__(self, height, width, to_height, to_width):
        self.same = (height, width) == (to_height, to_width)
        if to_height > height or to_width > width:
            raise ValueError(f"a picture of {width}x{height} is only made smaller, not {to_width}x{to_height}")
        self.rows, self.columns = _shares(height, to_height), _shares(width, to_width)

    def __call__(self, picture):
        if self.same:
            return np.ascontiguousarray(picture)
        x = picture.astype(np.float32)
        across = sum_of(lambda index, share: x[:, index] * share[None, :, None], self.columns)
        down = sum_of(lambda index, share: across[index] * share[:, None, None], self.rows)
        return np.clip(np.rint(down), 0, 255).astype(np.uint8)


def sum_of(part, shares):
    total = None
    for index, share in zip(*shares):
        added = part(index, share)
        total = added if total is None else total + added
    return total
