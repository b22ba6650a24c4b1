"""Special functions and distributions by mpmath: python3 special_functions.py 8 2026 > special-functions.csv

Prints rows of function, arguments, value, and what the double lacks, as many draws of arguments a function as the first
argument says; the second is the seed. Elementary functions, gamma functions and the normal distribution are mpmath's own;
the incomplete beta and gamma functions and the hypergeometric sums are added up here in whole numbers of hundreds of bits
(series of positive terms, DLMF 8.17.8 and 8.7.1), since mpmath's hypergeometric series do not reach shapes of 1e7, and agree
with mpmath's where both go. A quantile is drawn: its probability is rounded to a double, and Newton's method moves it there.
Printed by mpmath 1.3.0.
"""

import math
import random
import sys

from mpmath import mp, mpf

count, seed = int(sys.argv[1]), int(sys.argv[2])
draw = random.Random(seed)
mp.prec = 300
SMALLEST = mpf(2) ** -1022
LONGEST = 300_000
rows = []


class TooLong(Exception):
    """A series that would need too many terms or bits; other arguments are drawn."""


def put(name, arguments, value):
    if mp.isfinite(value) and (value == 0 or SMALLEST <= abs(value) < mpf(2) ** 1024):
        rows.append([name, arguments, float(value), float(value - mpf(float(value)))])


def log_uniform(low, high):
    return math.exp(draw.uniform(math.log(low), math.log(high)))


def signed(x):
    return draw.choice([-1, 1]) * x


def whole(x, bits):
    """A number times 2^bits, rounded down."""
    return int(mp.floor(mp.ldexp(mpf(x), bits)))


def positive_series(numerator, denominator, x, bits):
    """1 + sum of products of (numerator + n) x / (denominator + n) or, without numerator, of x / (denominator + n)."""
    with mp.workprec(2 * bits + 200):
        small = int(max(0, -mp.floor(mp.log(x, 2)), -mp.floor(mp.log(denominator, 2))))
        scale = bits + small + 64
        factor = whole(x, scale)
        top = None if numerator is None else whole(numerator, scale)
        bottom = whole(denominator, scale)
    one = 1 << scale
    term = total = 1 << bits
    for n in range(LONGEST):
        if top is None:
            term = term * factor // bottom
        else:
            term = (term * factor >> scale) * top // bottom
            top += one
        total += term
        bottom += one
        if term < total >> (bits - 8) and (n & 15) == 0:
            falling = factor < bottom if top is None else (factor * top >> scale) * 100 < bottom * 99
            if term == 0 or (falling and term < total >> (bits - 2)):
                with mp.workprec(bits + 64):
                    return mp.ldexp(mpf(total), -bits)
    raise TooLong


def log_other(value):
    """log(1 - e^value)."""
    return mp.log1p(-mp.exp(value)) if value < -1 else mp.log(-mp.expm1(value))


def log_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def beta_tails(a, b, x, y):
    """Logarithms of I_x(a, b) and of its complement, from the side whose series is short; x + y = 1 to 6,000 bits."""
    a, b = mpf(a), mpf(b)
    if min(x, y) < SMALLEST:
        raise TooLong
    n = a + b
    distance = a * mp.log(a / (n * x)) + b * mp.log(b / (n * y))
    bits = 240 + int((distance + abs(mp.log(min(a, b) / n))) / mp.log(2))
    if bits > 5000:
        raise TooLong
    sides = [(a, b, x, y, False), (b, a, y, x, True)]
    # the terms of one series fall from the first on, those of the other grow first
    if b * x > a * y:
        sides.reverse()
    for first, second, u, v, isUpper in sides:
        try:
            with mp.workprec(bits + 64):
                series = positive_series(n, first + 1, u, bits)
                side = first * mp.log(u) + second * mp.log(v) - log_beta(first, second) - mp.log(first) + mp.log(series)
                if -mp.expm1(side) < mpf(2) ** (170 - bits):
                    raise TooLong
                return (log_other(side), side) if isUpper else (side, log_other(side))
        except TooLong:
            continue
    raise TooLong


def gamma_tails(a, x):
    """Logarithms of P(a, x) and Q(a, x)."""
    a, x = mpf(a), mpf(x)
    if not 0 < x < 1e9:
        raise TooLong
    distance = a * mp.log(a / x) + x - a
    bits = 260 + int((distance if x > a else 0) / mp.log(2) + (abs(mp.log(a, 2)) if a < 1 else 0))
    if bits > 5000:
        raise TooLong
    with mp.workprec(bits + 64):
        series = positive_series(None, a + 1, x, bits)
        lower = a * mp.log(x) - x - mp.loggamma(a + 1) + mp.log(series)
        return lower, log_other(lower)


def attempts(make):
    done = 0
    for _ in range(30 * count):
        if done == count:
            return
        try:
            make()
            done += 1
        except (TooLong, OverflowError, ValueError, ZeroDivisionError):
            pass


def put_tails(name, arguments, lower, upper):
    put(name + ".lower", arguments, mp.exp(lower))
    put(name + ".upper", arguments, mp.exp(upper))
    put(name + ".logLower", arguments, lower)
    put(name + ".logUpper", arguments, upper)


def deviate():
    """A number of standard deviations, to where probabilities leave the doubles."""
    kind = draw.random()
    return signed(10 ** draw.uniform(-9, 0)) if kind < 0.15 else draw.uniform(-8, 8) if kind < 0.6 else draw.uniform(-38, 38)


def shape():
    kind = draw.random()
    return log_uniform(1e-3, 1e7) if kind < 0.6 else log_uniform(0.01, 10) if kind < 0.8 else draw.choice([0.5, 1, 2.5, 30, 1000, 1e6])


# ---------------------------------------------------------------------------------------------- elementary functions


def every():
    return signed(2.0 ** draw.uniform(-1022, 1023))


def tiny():
    return signed(2.0 ** -draw.uniform(0, 60))


def within(size):
    return lambda: draw.uniform(-size, size)


def near(centre, width):
    return lambda: centre + signed(width * 2.0 ** -draw.uniform(0, 40))


def positive(make):
    return lambda: abs(make())


angles = [within(0.79), within(7), within(1.6e6), every, lambda: draw.randrange(1, 10**9) * 1.5707963267948966, tiny]
unary = {
    "exp": (mp.exp, [within(708), within(1), tiny, near(0.3466, 0.01)]),
    "expm1": (mp.expm1, [within(700), within(1), tiny, near(-0.3466, 0.1)]),
    "log": (mp.log, [positive(every), near(1, 0.3), near(2**0.5, 0.01)]),
    "log1p": (mp.log1p, [positive(every), tiny, near(0.4142, 0.1), near(-0.2929, 0.1), near(-1, 0.5)]),
    "log2": (lambda x: mp.log(x) / mp.log(2), [positive(every), near(1, 0.3), near(2**0.5, 0.01)]),
    "log10": (lambda x: mp.log(x) / mp.log(10), [positive(every), near(1, 0.3), near(2**0.5, 0.01)]),
    "logit": (lambda x: mp.log(x) - mp.log1p(-x), [draw.random, near(0.5, 0.25), lambda: 2.0 ** -draw.uniform(0, 1020)]),
    "logistic": (lambda x: 1 / (1 + mp.exp(-x)), [within(700), within(5), tiny]),
    "sinh": (mp.sinh, [within(710), within(3), near(1, 0.1), tiny]),
    "cosh": (mp.cosh, [within(710), within(3), near(0.3466, 0.1), tiny]),
    "tanh": (mp.tanh, [within(22), within(1), near(0.55, 0.1), tiny]),
    "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), [every, within(10), near(1, 0.2)]),
    "sin": (mp.sin, angles),
    "cos": (mp.cos, angles),
    "tan": (mp.tan, angles),
    "asin": (mp.asin, [within(1), tiny, near(0.5, 0.1), near(0.975, 0.01)]),
    "acos": (mp.acos, [within(1), tiny, near(0.5, 0.1), near(-0.5, 0.1)]),
    "atan": (mp.atan, [within(1), every, within(10), near(0.4375, 0.1), near(1.1875, 0.1), near(2.4375, 0.1)]),
    "erf": (mp.erf, [within(6), tiny, near(0.84375, 0.1), near(1.25, 0.1)]),
    "erfc": (mp.erfc, [within(6), draw.random, lambda: draw.uniform(1.25, 26.5), near(1.25, 0.1)]),
}
for name, (function, makers) in unary.items():
    for i in range(count * 3):
        x = makers[i % len(makers)]()
        with mp.workprec(1400):
            try:
                value = function(mpf(x))
            except (ValueError, ZeroDivisionError):
                continue
        if isinstance(value, mpf):
            put(name, [x], value)
for i in range(count * 3):
    x, y = [
        (draw.uniform(0, 10), draw.uniform(-300, 300)),
        (1 + 1e-3 * draw.uniform(-1, 1), draw.uniform(-7e5, 7e5)),
        (abs(every()), draw.uniform(-1, 1)),
    ][i % 3]
    put("pow", [x, y], mpf(x) ** mpf(y))
    v, u = [(draw.gauss(0, 1), draw.gauss(0, 1)), (every(), every())][i % 2]
    put("atan2", [v, u], mp.atan2(mpf(v), mpf(u)))

# --------------------------------------------------------------------------------------------------- gamma functions

ROOT = 1.4616321449683622
for i in range(count * 3):
    x = [log_uniform(1e-300, 1), log_uniform(1, 1e300), draw.uniform(0.4, 12), near(draw.choice([1, 2]), 0.4)()][i % 4]
    put("logGamma", [x], mp.loggamma(mpf(x)))
    x = [log_uniform(1e-100, 1), log_uniform(1, 1e100), draw.uniform(0.4, 12), near(ROOT, 0.3)()][i % 4]
    put("digamma", [x], mp.digamma(mpf(x)))
    put("trigamma", [x], mp.polygamma(1, mpf(x)))

# ----------------------------------------------------------------------------------------------------- distributions


def normal():
    x = draw.choice([deviate(), draw.uniform(-37, 37), signed(log_uniform(1e-10, 1e5))])
    with mp.workprec(400):
        outside = mp.log(mp.erfc(abs(mpf(x)) / mp.sqrt(2)) / 2)
        inside = log_other(outside)
    lower, upper = (outside, inside) if x < 0 else (inside, outside)
    if min(lower, upper) < -705:
        # R ends the probabilities above the smallest doubles, and so do we
        put("normalTails.logLower", [x], lower)
        put("normalTails.logUpper", [x], upper)
    else:
        put_tails("normalTails", [x], lower, upper)
    put("normalDensity", [x], mp.npdf(mpf(x)))


def gamma_draw():
    a = shape()
    spread = deviate() / math.sqrt(a)
    x = draw.choice([a * (1 + spread), a * math.exp(spread), a * log_uniform(1e-3, 100)])
    if not x > 0:
        raise TooLong
    return x, a


def gamma():
    x, a = gamma_draw()
    put_tails("gammaTails", [x, a], *gamma_tails(a, x))


def gamma_rate():
    (x, a), rate = gamma_draw(), log_uniform(1e-3, 1e3)
    x /= rate
    put_tails("gammaTails", [x, a, rate], *gamma_tails(a, mpf(x) * mpf(rate)))


def chi_squared():
    x, a = gamma_draw()
    put_tails("chiSquaredTails", [x, 2 * a], *gamma_tails(a, mpf(x) / 2))


def beta_draw():
    a, b = shape(), shape()
    spread = deviate() * math.sqrt(1 / a + 1 / b)
    x = 1 / (1 + math.exp(-math.log(a / b) - max(-40, min(40, spread))))
    x = draw.choice([x, x, draw.random(), log_uniform(1e-300, 1)])
    if not 0 < x < 1:
        raise TooLong
    return x, a, b


def beta():
    x, a, b = beta_draw()
    put_tails("betaTails", [x, a, b], *beta_tails(a, b, mpf(x), contrary(x)))


def contrary(x):
    with mp.workprec(6000):
        return 1 - mpf(x)


def share(odds):
    """Odds as a probability and its contrary."""
    with mp.workprec(6000):
        return odds / (1 + odds), 1 / (1 + odds)


def f_distribution():
    df1, df2 = shape(), shape()
    spread = deviate() * math.sqrt(2 / df1 + 2 / df2)
    x = draw.choice([1 + spread, math.exp(max(-80, min(80, spread))), log_uniform(1e-6, 1e8)])
    if not x > 0:
        raise TooLong
    with mp.workprec(6000):
        odds = mpf(x) * mpf(df1) / mpf(df2)
    put_tails("fTails", [x, df1, df2], *beta_tails(df1 / 2, df2 / 2, *share(odds)))


def student_tails(t, df):
    with mp.workprec(6000):
        odds = mpf(df) / mpf(t) ** 2
    outside, _ = beta_tails(df / 2, 0.5, *share(odds))
    with mp.workprec(2000):
        half = outside - mp.log(2)
        tails = half, log_other(half)
    return outside, (tails if t < 0 else tails[::-1])


def student():
    df = shape()
    t = draw.choice([deviate(), signed(log_uniform(1e-12, 1e5))])
    outside, tails = student_tails(t, df)
    put_tails("studentTTails", [t, df], *tails)
    put("studentTTwoSided", [t, df], mp.exp(outside))
    put("studentTLogTwoSided", [t, df], outside)


def binomial():
    n, p = int(log_uniform(1, 1e6)), draw.choice([draw.random(), log_uniform(1e-8, 1), 0.5, 0.3])
    k = round(n * p + deviate() * math.sqrt(n * p * (1 - p)))
    if not 0 <= k < n:
        raise TooLong
    exact = mpf(p)
    upper, lower = beta_tails(k + 1, n - k, exact, contrary(p))
    put_tails("binomialTails", [k, n, p], lower, upper)
    ways = -mp.log(n + 1) - log_beta(mpf(k + 1), mpf(n - k + 1))
    put("binomialDensity", [k, n, p], mp.exp(ways + k * mp.log(exact) + (n - k) * mp.log1p(-exact)))


def poisson():
    mean = log_uniform(1e-6, 1e6)
    k = round(mean + deviate() * math.sqrt(mean))
    if k < 0:
        raise TooLong
    upper, lower = gamma_tails(k + 1, mean)
    put_tails("poissonTails", [k, mean], lower, upper)
    put("poissonDensity", [k, mean], mp.exp(k * mp.log(mpf(mean)) - mpf(mean) - mp.loggamma(k + 1)))


def log_choose(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def below(k, white, black, drawn):
    """Probability of at most k white balls over that of k, in units of 2^-300."""
    total = term = 1 << 300
    for j in range(k, max(0, drawn - black), -1):
        term = term * (j * (black - drawn + j)) // ((white + 1 - j) * (drawn + 1 - j))
        total += term
        if term < total >> 290:
            break
    return mp.ldexp(mpf(total), -300)


def hypergeometric():
    white, black = int(log_uniform(1, 1e6)), int(log_uniform(1, 1e6))
    drawn = draw.choice([draw.randrange(1, white + black), int(log_uniform(1, white + black))])
    share_white = white / (white + black)
    variance = drawn * share_white * (1 - share_white) * (white + black - drawn) / max(1, white + black - 1)
    k = round(drawn * share_white + deviate() * math.sqrt(variance))
    if not max(0, drawn - black) <= k < min(white, drawn):
        raise TooLong

    def density(k):
        return log_choose(white, k) + log_choose(black, drawn - k) - log_choose(white + black, drawn)

    # the black balls' tail below is the white balls' tail above
    if k < drawn * share_white:
        lower = density(k) + mp.log(below(k, white, black, drawn))
        upper = log_other(lower)
    else:
        upper = density(k + 1) + mp.log(below(drawn - k - 1, black, white, drawn))
        lower = log_other(upper)
    put_tails("hypergeometricTails", [k, white, black, drawn], lower, upper)
    put("hypergeometricDensity", [k, white, black, drawn], mp.exp(density(k)))


# --------------------------------------------------------------------------------------------------------- quantiles


def put_quantile(name, x, settings, tails, log_slope):
    """The point where the lower tail is the double nearest to that at x; log_slope is that of x times the density."""
    lower, upper = tails(mpf(x))
    p = float(mp.exp(lower))
    if not SMALLEST < p <= 0.999999:
        raise TooLong
    point = mpf(x)
    for _ in range(4):
        lower, upper = tails(point)
        slope = mp.exp(log_slope(point))
        gap = mp.exp(lower) - mpf(p) if lower < upper else (1 - mpf(p)) - mp.exp(upper)
        point -= abs(point) * gap / slope
    put(name, [p, *settings], point)


def normal_quantile():
    put_quantile(
        "normalQuantile",
        draw.uniform(-37, 4),
        [],
        lambda x: (mp.log(mp.ncdf(x)), mp.log(mp.ncdf(-x))),
        lambda x: mp.log(abs(x)) - x * x / 2 - mp.log(2 * mp.pi) / 2,
    )


def gamma_quantile():
    x, a = gamma_draw()
    put_quantile(
        "gammaQuantile",
        x,
        [a],
        lambda x: gamma_tails(a, x),
        lambda x: a * mp.log(x) - x - mp.loggamma(mpf(a)),
    )


def beta_quantile():
    x, a, b = beta_draw()
    if x > 0.9:
        raise TooLong
    put_quantile(
        "betaQuantile",
        x,
        [a, b],
        lambda x: beta_tails(a, b, x, contrary(x)),
        lambda x: a * mp.log(x) + (b - 1) * mp.log1p(-x) - log_beta(mpf(a), mpf(b)),
    )


def f_quantile():
    x, df1, df2 = math.exp(draw.uniform(-3, 3)), shape(), shape()
    a, b = mpf(df1) / 2, mpf(df2) / 2

    def log_slope(x):
        w, v = share(x * mpf(df1) / mpf(df2))
        return a * mp.log(w) + b * mp.log(v) - log_beta(a, b)

    put_quantile("fQuantile", x, [df1, df2], lambda x: beta_tails(a, b, *share(x * mpf(df1) / mpf(df2))), log_slope)


def student_quantile():
    df = shape()

    def log_slope(t):
        half = mpf(df) / 2
        constant = mp.loggamma(half + 0.5) - mp.loggamma(half) - mp.log(df * mp.pi) / 2
        return mp.log(abs(t)) + constant - (half + 0.5) * mp.log1p(t * t / df)

    put_quantile("studentTQuantile", -log_uniform(1e-3, 100), [df], lambda t: student_tails(t, df)[1], log_slope)


for make in [normal, gamma, gamma_rate, chi_squared, beta, f_distribution, student, binomial, poisson, hypergeometric]:
    attempts(make)
for make in [normal_quantile, gamma_quantile, beta_quantile, f_quantile, student_quantile]:
    attempts(make)

# Arguments that asked too much of earlier versions: p-values with many degrees of freedom, tiny shapes, far tails.
for x, df1, df2 in [(3.6296536413783084, 1, 9294168.800491292), (1.000003, 1e7, 1e7), (1.2681686396587933e299, 3.2, 7.8e-8)]:
    with mp.workprec(6000):
        odds = mpf(x) * mpf(df1) / mpf(df2)
    try:
        put_tails("fTails", [x, df1, df2], *beta_tails(df1 / 2, df2 / 2, *share(odds)))
    except TooLong:
        pass
for t, df in [(-2.6215577763082774, 3575722.7370507023), (12.5, 1e7), (1e-4, 1.15e-12)]:
    put_tails("studentTTails", [t, df], *student_tails(t, df)[1])
for x, a, b in [(0.9999997135429651, 1e7, 0.6683413303367068), (0.31444551022452505, 1.16e-12, 0.573), (0.5001, 1e7, 1e7)]:
    put_tails("betaTails", [x, a, b], *beta_tails(a, b, mpf(x), contrary(x)))
for x, a, rate in [(314086760.8513049, 1e7, 0.031477086733405095), (1.1e-10, 0.9879361153687343, 1), (2.4e-90, 0.1534, 1)]:
    put_tails("gammaTails", [x, a, rate], *gamma_tails(a, mpf(x) * mpf(rate)))

print("function,arguments,value,rest")
for name, arguments, value, rest in rows:
    print(name, " ".join(map(repr, arguments)), repr(value), repr(rest), sep=",")
