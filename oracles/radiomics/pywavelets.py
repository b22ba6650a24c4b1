"""Stationary wavelet transforms as PyRadiomics makes them with PyWavelets: python3 pywavelets.py > pywavelets.csv.

A periodic line of odd length has its first pixel once more at its end; every level repeats the kernels of the first.
Printed by PyWavelets 1.1.1, numpy 1.24.2.
"""

import numpy
import pywt


def image(width, height):
    """Whole numbers without a pattern."""
    return numpy.array(
        [[(x * x * 7 + y * y * y * 5 + x * y * 3) % 17 for x in range(width)] for y in range(height)], dtype=float
    )


def bands(values, wavelet, levels):
    """Every band of every level, with its level and its letters, x first."""
    rows, columns = values.shape
    data = numpy.pad(values, ((0, rows % 2), (0, columns % 2)), "wrap")
    for level in range(1, levels + 1):
        transform = pywt.swtn(data, wavelet, level=1, start_level=0, axes=(1, 0))[0]
        data = transform["aa"]
        for name, response in transform.items():
            yield level, name.replace("a", "L").replace("d", "H"), response[:rows, :columns]


print("wavelet,width,height,level,band,image,response")
for width, height in [(8, 6), (9, 7)]:
    for wavelet in ["haar", "db3", "coif1"]:
        values = image(width, height)
        for level, letters, response in bands(values, wavelet, 2):
            printed = [" ".join(f"{value:.11g}" for value in numbers.ravel()) for numbers in (values, response)]
            print(wavelet, width, height, level, letters, *printed, sep=",")
