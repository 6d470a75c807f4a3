#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for PosteriorTruthTest: what a history says beyond expectations, with 30 digits, written with 20.

Needs mpmath. Run:  python3 posterior_truth.py > ../resources/org/clv4j/models/attrition/posterior_truth.csv

Everything is an integral over time or over the dropout probability from the definition of the models, cut where the integrand
bends; the library takes series, ratios of races, incomplete beta functions and other panels.
"""
from mpmath import mp, mpf, beta, exp, expm1, hyp2f1, inf, log, log1p, loggamma, quad

mp.dps = 30

CASES = [
    ('nbd', '0.3848', '12.072'),
    ('nbd', '40', '0.001'),
    ('pareto-nbd', '0.553', '10.578', '0.606', '11.669'),
    ('pareto-nbd', '0.8', '10', '1', '10'),
    ('pareto-nbd', '0.6', '12', '0.4', '0.000001'),
    ('pareto-nbd', '10.465', '0.00798565181', '3.0516', '2.82'),
    ('pareto-nbd', '0.6', '12', '0.4', '10000000'),
    ('bg-nbd', '0.2426', '4.4136', '0.7929', '2.4259'),
    ('bg-nbd', '1.5', '8', '0.05', '4'),
    ('bg-nbd', '40', '300', '80', '500'),
    ('bg-nbd', '0.5', '0.0001', '1', '2'),
    ('mbg-nbd', '0.5248', '6.1831', '0.8914', '1.614'),
    ('mbg-nbd', '0.8', '12', '6', '0.4'),
]
HISTORIES = [
    (0, '0', '0'),
    (0, '0', '38.857142857142854'),
    (2, '30.43', '38.86'),
    (7, '38.99', '39'),
    (40, '10', '1000'),
    (300, '500', '520'),
    (5000, '100', '100.5'),
]
COUNTS = [0, 1, 7, 40, 300, 5000]


def cuts(lo, hi, centre, width):
    """Points between lo and hi, close together around a centre."""
    points = [centre + side * width * k for side in (-1, 1) for k in [0] + [2 ** i for i in range(13)]]
    step = lo
    while step < hi:
        points.append(step)
        step += 3
    return [lo] + sorted(p for p in set(points) if lo < p < hi) + [hi]


def in_log_time(f, lo, hi, centre, width):
    """The integral of f(y) dy for y from e^lo to e^hi."""
    points = cuts(lo, hi, centre, width)
    return scaled_quad(lambda w: f(exp(w)) * exp(w), points)


def scaled_quad(g, points):
    """The integral of g, brought to the order of 1 first, because the tolerance of mpmath is absolute."""
    top = max(g(p) for p in points)
    return quad(lambda w: g(w) / top, points, method='gauss-legendre', maxdegree=6) * top


def over_dropout(a, b, log_g):
    """E e^log_g(p), p ~ Beta(a, b), in logit p."""

    def weighted(y):
        p = 1 / (1 + exp(-y))
        return exp(a * -log1p(exp(-y)) + b * -log1p(exp(y)) + log_g(p))

    lo, hi = log(a / b) - 70 / a - 30, log(a / b) + 70 / b + 30
    step = min(mpf(2), (1 / a + 1 / b) ** mpf('0.5'))
    points = [lo, log(a / b) - 30 - 200 * step]
    while points[-1] < log(a / b) + 30 * step:
        points.append(points[-1] + step)
    return scaled_quad(weighted, sorted(points + [hi])) / beta(a, b)


class Model:
    """Given alive at T: first purchase, counts; and the posterior of alive and dead."""

    def __init__(self, name, parameters, x, tx, age):
        self.name, self.x, self.tx, self.age = name, x, tx, age
        self.r, self.alpha = parameters[:2]
        self.rest = parameters[2:]
        self.rho, self.scale = self.r + x, self.alpha + age
        self.alive, self.dead, self.dead_rate, self.dead_dropout = self.posterior()

    def posterior(self):
        """P(alive), P(dead), and, given dead, the means of both rates."""
        if self.name == 'nbd':
            return mpf(1), mpf(0), mpf(0), mpf(0)
        rho, alpha, tx, age = self.rho, self.alpha, self.tx, self.age
        if self.name == 'pareto-nbd':
            s, b = self.rest
            if tx == age:
                return mpf(1), mpf(0), mpf(0), mpf(0)

            def died(y):  # relative to having lived through the silence
                return exp(rho * log((alpha + age) / (alpha + y)) + s * log((b + age) / (b + y))) * s / (b + y)

            def over(g):
                top = log(age - tx)
                centre = log(min(age - tx, 1 / (rho / (alpha + tx) + (s + 1) / (b + tx))))
                return in_log_time(lambda d: died(tx + d) * g(tx + d), centre - 80, top, centre, mpf(1) / 2)

            odds = over(lambda y: mpf(1))
            rate = over(lambda y: rho / (alpha + y)) / odds
            dropout = over(lambda y: (s + 1) / (b + y)) / odds
            return 1 / (1 + odds), odds / (1 + odds), rate, dropout
        a, b = self.rest
        m = 1 if self.name == 'mbg-nbd' else 0
        if self.x + m == 0:
            return mpf(1), mpf(0), mpf(0), mpf(0)
        odds = beta(a + 1, b + self.x + m - 1) / beta(a, b + self.x + m) * ((alpha + age) / (alpha + tx)) ** rho
        return 1 / (1 + odds), odds / (1 + odds), rho / (alpha + tx), (a + 1) / (a + b + self.x + m)

    def death_scale(self):
        return self.rest[1] + self.age if self.name == 'pareto-nbd' else inf

    def stays(self, t):
        """P(alive t later | alive)."""
        if self.name == 'nbd':
            return mpf(1)
        if self.name == 'pareto-nbd':
            s, b = self.rest
            return exp(-s * log1p(t / (b + self.age)))
        a, b = self.rest
        bx = b + self.x + (1 if self.name == 'mbg-nbd' else 0)
        return over_dropout(a, bx, lambda p: -self.rho * log1p(p * t / self.scale))

    def first(self, t):
        """The density of the next purchase at t, given alive now."""
        death = mpf(0) if self.name != 'pareto-nbd' else self.rest[0] * log1p(t / self.death_scale())
        return self.rho / (self.scale + t) * exp(-self.rho * log1p(t / self.scale) - death)

    def bends(self):
        s = self.rest[0] if self.name == 'pareto-nbd' else mpf(0)
        return log(1 / (self.rho / self.scale + s / self.death_scale()))

    def moments(self, t):
        c = min(log(t), self.bends())
        chance = in_log_time(self.first, c - 80, log(t), c, mpf(1))
        mean = in_log_time(lambda y: y * self.first(y), c - 80, log(t), c, mpf(1))
        return chance, mean / chance

    def quantile(self, q):
        if self.name != 'pareto-nbd':
            return self.scale * expm1(-log1p(-q) / self.rho)
        # Newton in ln t, with the textbook difference of hypergeometric functions and digits to spare.
        s, b = self.rest[0], self.death_scale()
        with mp.workdps(60):

            def later(t):  # P(a purchase comes, and after t | alive)
                z = 1 - (self.scale + t) / (b + t)
                first = self.rho / (self.rho + s) * hyp2f1(1, s, self.rho + s + 1, z)
                return exp(-self.rho * log1p(t / self.scale) - s * log1p(t / b)) * first

            whole = later(mpf(0))
            w = self.bends()
            low, high = w - 200, w + 200 / (self.rho + s) + 200
            while high - low > mpf(10) ** -40:
                t = exp(w)
                rest = later(t) / whole
                slope = t * self.first(t) / whole
                excess = log((1 - rest) / q) if q < 0.6 else -log(rest / (1 - q))
                slope /= (1 - rest) if q < 0.6 else rest
                low, high = (w, high) if excess < 0 else (low, w)
                step = w - excess / slope
                if abs(step - w) < mpf(10) ** -35:
                    break
                w = step if low < step < high else (low + high) / 2
            return exp(w)

    def arrivals(self, n):
        """The function of u: P(n purchases by u) of one who cannot leave."""
        constant = loggamma(self.rho + n) - loggamma(self.rho) - loggamma(n + 1)

        def at(u):
            all_of_them = log1p(u / self.scale)
            return exp(constant - self.rho * all_of_them + (n * (log(u / self.scale) - all_of_them) if n else 0))

        return at

    def count(self, n, t):
        """P(n purchases within t | alive)."""
        arrivals = self.arrivals(n)
        if self.name == 'nbd':
            return arrivals(t)
        peak = log(min(t, max(n, mpf(1) / 2) * self.scale / self.rho))
        width = 2 / mpf(n + 2)
        if self.name == 'pareto-nbd':
            s, b = self.rest[0], self.death_scale()
            died = in_log_time(lambda u: arrivals(u) * s / (b + u) * exp(-s * log1p(u / b)),
                               min(peak, log(b)) - 80 / (n + mpf(1)) - 12, log(t), peak, width)
            return arrivals(t) * self.stays(t) + died
        a, b = self.rest
        bx = b + self.x + (1 if self.name == 'mbg-nbd' else 0)
        if n == 0:
            return arrivals(t)
        before = self.arrivals(n - 1)
        # The n-th arrival in time: its density is that of n − 1 arrivals, times the posterior rate after them.
        in_time = in_log_time(lambda u: before(u) * (self.rho + n - 1) / (self.scale + u),
                              peak - 80 / mpf(n) - 12, log(t), peak, width)
        return (arrivals(t) * beta(a, bx + n) + beta(a + 1, bx + n - 1) * in_time) / beta(a, bx)

    def rates(self):
        rate = self.alive * self.rho / self.scale + self.dead * self.dead_rate
        if self.name == 'nbd':
            return rate, mpf(0)
        if self.name == 'pareto-nbd':
            s, b = self.rest
            return rate, self.alive * s / (b + self.age) + self.dead * self.dead_dropout
        a, b = self.rest
        bx = b + self.x + (1 if self.name == 'mbg-nbd' else 0)
        return rate, self.alive * a / (a + bx) + self.dead * self.dead_dropout


def main():
    counts = ','.join('p_%d_in_26' % n for n in COUNTS)
    print('model,parameters,frequency,recency,age,p_alive_at_26,p_alive_at_1000,' + counts
          + ',next_within_26,next_within_1000,next_quantile_01,next_median,next_quantile_99,purchase_rate,dropout_rate')
    for name, *parameters in CASES:
        for x, tx, age in HISTORIES:
            model = Model(name, [mpf(v) for v in parameters], x, mpf(tx), mpf(age))
            values = [model.alive * model.stays(mpf(26)), model.alive * model.stays(mpf(1000))]
            for n in COUNTS:
                values.append(model.alive * model.count(n, mpf(26)) + (model.dead if n == 0 else 0))
            values += [model.moments(mpf(26))[1], model.moments(mpf(1000))[1]]
            values += [model.quantile(mpf(q)) for q in ('0.01', '0.5', '0.99')]
            values += model.rates()
            print(','.join([name, ' '.join(parameters), str(x), tx, age] + [mp.nstr(v, 20) for v in values]), flush=True)


if __name__ == '__main__':
    main()
