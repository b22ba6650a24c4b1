"""Shapes of small regions by other means than the project's: python3 morphology.py > morphology.json.

Vertices of the mesh are the middles of all lines between a voxel inside and a neighbour outside. Hull by Qhull; smallest
ellipsoid by sequential quadratic programming; smallest box by a search over rotations from many starts; Moran's I and
Geary's C by sums over all pairs. Printed by SciPy 1.17.1, NumPy 2.4.6.
"""

import json

import numpy
from scipy.optimize import minimize
from scipy.spatial import ConvexHull
from scipy.spatial.distance import cdist, pdist
from scipy.spatial.transform import Rotation


def vertices_of(mask, spacing):
    """Middles of the edges that the surface cuts, x, y, z in mm."""
    padded = numpy.pad(mask, 1).astype(int)
    found = []
    for axis in range(3):
        places = numpy.argwhere(numpy.diff(padded, axis=axis) != 0).astype(float)
        places[:, axis] += 0.5
        found.append(places)
    return numpy.concatenate(found)[:, ::-1] * spacing


def smallest_ellipsoid(points):
    """Semi-axes of {x: |A x + b| <= 1} with the largest determinant of A."""
    middle = points.mean(axis=0)
    scale = numpy.abs(points - middle).max()
    near = (points - middle) / scale
    lower = numpy.tril_indices(3)

    def unpack(v):
        a = numpy.zeros((3, 3))
        a[lower] = v[:6]
        return a, v[6:]

    def room(v):
        a, b = unpack(v)
        return 1 - ((near @ a.T + b) ** 2).sum(axis=1)

    def slope(v):
        a, b = unpack(v)
        mapped = near @ a.T + b
        return numpy.array(
            [-2 * mapped[:, i] * near[:, j] for i, j in zip(*lower)] + [-2 * mapped[:, i] for i in range(3)]
        ).T

    def loss(v):
        return -numpy.log(unpack(v)[0].diagonal()).sum()

    def loss_slope(v):
        a, _ = unpack(v)
        return numpy.array([-1 / a[i, i] if i == j else 0 for i, j in zip(*lower)] + [0, 0, 0])

    start = numpy.concatenate([(numpy.eye(3) / 2)[lower], numpy.zeros(3)])
    found = minimize(
        loss,
        start,
        jac=loss_slope,
        constraints={"type": "ineq", "fun": room, "jac": slope},
        method="SLSQP",
        options={"maxiter": 2000, "ftol": 1e-15},
    )
    assert room(found.x).min() > -1e-9, found
    a, _ = unpack(found.x)
    return sorted(scale / numpy.linalg.svd(a)[1], reverse=True)


def smallest_box(points, seed):
    """Sides of the smallest box that a search over rotations finds."""

    def volume(turn):
        return numpy.ptp(Rotation.from_rotvec(turn).apply(points), axis=0).prod()

    best = None
    options = {"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000}
    for start in Rotation.random(300, rng=numpy.random.default_rng(seed)).as_rotvec():
        found = minimize(volume, start, method="Nelder-Mead", options=options)
        if best is None or found.fun < best.fun:
            best = found
    for _ in range(5):
        best = min(best, minimize(volume, best.x, method="Nelder-Mead", options=options), key=lambda one: one.fun)
    return sorted(numpy.ptp(Rotation.from_rotvec(best.x).apply(points), axis=0), reverse=True)


def autocorrelation(values, places):
    difference = values - values.mean()
    distance = cdist(places, places)
    numpy.fill_diagonal(distance, numpy.inf)
    weights = 1 / distance
    squares = (difference**2).sum()
    moran = len(values) / weights.sum() * (difference @ weights @ difference) / squares
    pairs = (weights * (values[:, None] - values[None, :]) ** 2).sum()
    return moran, (len(values) - 1) / (2 * weights.sum()) * pairs / squares


def case(name, mask, spacing, seed):
    depth, height, width = mask.shape
    z, y, x = numpy.indices(mask.shape)
    image = (x * x * 7 + y * y * y * 5 + z * z * 11 + x * y * z * 3) % 23
    spacing = numpy.array(spacing)
    places = numpy.argwhere(mask)[:, ::-1] * spacing
    vertices = vertices_of(mask, spacing)
    hull = ConvexHull(vertices)
    corners = vertices[hull.vertices]
    moran, geary = autocorrelation(image[mask].astype(float), places)
    axes = 4 * numpy.sqrt(numpy.maximum(0, numpy.linalg.eigvalsh(numpy.cov(places.T))))
    return {
        "name": name,
        "dimensions": [width, height, depth],
        "spacing": spacing.tolist(),
        "mask": "".join("1" if inside else "0" for inside in mask.ravel()),
        # Intensities 0 .. 22 as letters.
        "image": "".join(chr(97 + value) for value in image.ravel()),
        "hullVolume": hull.volume,
        "hullArea": hull.area,
        "diameter": pdist(corners).max(),
        "axes": sorted(axes.tolist(), reverse=True),
        "ellipsoid": smallest_ellipsoid(corners),
        "box": smallest_box(corners, seed),
        "moransI": moran,
        "gearysC": geary,
    }


def region(size, inside):
    depth, height, width = size[::-1]
    z, y, x = numpy.indices((depth, height, width))
    return inside(x, y, z)


def blobs(size, seed, count, radius):
    random = numpy.random.default_rng(seed)
    centres = random.integers(2, numpy.array(size) - 2, (count, 3))
    return region(
        size,
        lambda x, y, z: numpy.any(
            [(x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2 <= radius**2 for a, b, c in centres], axis=0
        ),
    )


regions = [
    ("ball", region((11, 11, 11), lambda x, y, z: (x - 5) ** 2 + (y - 5) ** 2 + (z - 5) ** 2 <= 18), (1, 1, 1)),
    (
        "tilted ellipsoid",
        region(
            (16, 15, 12),
            lambda x, y, z: (x + y - 14) ** 2 / 90 + (x - y) ** 2 / 14 + (z - 6 - (x - 7) / 3) ** 2 / 9 <= 1,
        ),
        (0.8, 0.8, 1.5),
    ),
    (
        "tilted slab",
        region((14, 14, 10), lambda x, y, z: (abs(x - 2 * y + 7) <= 3) & (abs(z - 5 + (x - 7) / 2) <= 1)),
        (0.5, 0.7, 2),
    ),
    ("corner of a box", region((9, 9, 9), lambda x, y, z: (x + y + z <= 9)), (1, 1, 1)),
    ("row", region((9, 1, 1), lambda x, y, z: x >= 0), (1, 2, 3)),
    ("slice", region((12, 10, 1), lambda x, y, z: (x - 6) ** 2 + 2 * (y - 5) ** 2 <= 30), (0.3, 0.3, 1)),
    *((f"blobs {seed}", blobs((16, 14, 12), seed, 4, 3), (0.7, 1.1, 1.9)) for seed in range(5)),
    *((f"scattered {seed}", blobs((12, 12, 12), 100 + seed, 7, 0), (1, 1, 1)) for seed in range(3)),
]

cases = [case(name, mask, spacing, seed) for seed, (name, mask, spacing) in enumerate(regions)]
print("[\n" + ",\n".join(json.dumps(one) for one in cases) + "\n]")
