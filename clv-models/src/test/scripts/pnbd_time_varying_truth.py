#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for TimeVaryingParetoNbdTruthTest: Pareto/NBD with time-varying covariates, 30 digits of working precision, written with 20.

Needs mpmath. Run:  python3 pnbd_time_varying_truth.py > ../resources/org/clv4j/models/attrition/pnbd_time_varying_truth.csv

Everything is an integral over time of the definition, by panels between the days at which a covariate changes that are so short that 24
points are good for all digits; the library uses closed forms, fewer points, longer panels and logarithmic time. Time is in weeks, day 0
is the first purchase, a path is day:value steps, the same covariate acts on purchases with g1 and on dropout with g2.
"""
from mpmath import mp, mpf, exp, log, loggamma

mp.dps = 30
DELTA = log(mpf('1.1')) / 52
POINTS = 24


def rule(n):
    """The Gauss-Legendre rule on [0, 1]: Newton from Chebyshev's nodes."""
    nodes = []
    for i in range(n):
        z = mp.cos(mp.pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(12):
            p, q = mpf(1), mpf(0)
            for k in range(1, n + 1):
                p, q = ((2 * k - 1) * z * p - (k - 1) * q) / k, p
            slope = n * (z * p - q) / (z * z - 1)
            z -= p / slope
        nodes.append(((1 + z) / 2, 1 / ((1 - z * z) * slope * slope)))
    return nodes


RULE = rule(POINTS)
HORIZON = mpf(26)
COUNTS = (0, 1, 3, 20)
# So late that nothing is left of a race which falls like a power of time.
EVER = mpf(10) ** 40

PARAMETERS = [
    ('typical', '0.55', '10.58', '0.61', '11.67', '0.7', '-0.4'),
    ('strong', '0.8', '4', '1.2', '30', '2', '1.5'),
    ('s is 1', '1.5', '6', '1', '9', '-1', '0.3'),
    ('alpha tiny', '10.465', '0.00798565181', '3.0516', '0.3', '0.5', '0.5'),
    ('beta huge', '0.9', '3', '2', '100000', '-0.3', '1'),
]
PATHS = [
    ('never changes', '0:1'),
    ('one campaign', '0:0 70:1 84:0'),
    ('a season', ' '.join('%d:%s' % (28 * k, (0, 1, 0.5, -1, 0.25)[k % 5]) for k in range(24))),
    ('every day', ' '.join('%d:%s' % (k, (k * 7 % 11) / 10) for k in range(0, 400))),
]
# x, last day, age in days; repeat purchases are spread evenly up to the last.
HISTORIES = [
    (0, 0, 0),
    (0, 0, 272),
    (1, 84, 84),
    (2, 71, 272),
    (7, 270, 273),
    (40, 75, 300),
]


class Customer:

    def __init__(self, parameters, path, x, last, age):
        self.r, self.alpha, self.s, self.beta, self.g1, self.g2 = parameters
        steps = [step.split(':') for step in path.split()]
        self.times = [mpf(day) / 7 for day, _ in steps]
        self.values = [mpf(value) for _, value in steps]
        self.x, self.tx, self.age, self.rho = x, mpf(last) / 7, mpf(age) / 7, self.r + x
        self.days = [last * j // x for j in range(1, x + 1)]
        self.cum = [(mpf(0), mpf(0))]
        for k in range(1, len(self.times)):
            length = self.times[k] - self.times[k - 1]
            b, d = self.cum[-1]
            self.cum.append((b + exp(self.g1 * self.values[k - 1]) * length, d + exp(self.g2 * self.values[k - 1]) * length))

    def piece(self, t):
        k = 0
        while k + 1 < len(self.times) and self.times[k + 1] <= t:
            k += 1
        return k

    def factors(self, k):
        return exp(self.g1 * self.values[k]), exp(self.g2 * self.values[k])

    def rates(self, t, k=None):
        """alpha + B(t), beta + D(t)."""
        k = self.piece(t) if k is None else k
        a, c = self.factors(k)
        since = t - self.times[k]
        return self.alpha + self.cum[k][0] + a * since, self.beta + self.cum[k][1] + c * since

    def over(self, f, start, end, more=0, cap=2 / DELTA):
        """Integral of f(t, piece): each piece apart, in short panels; with more purchases in its exponent, and no panel above the cap."""
        total, t, k = mpf(0), start, self.piece(start)
        while t < end:
            stop = min(end, self.times[k + 1]) if k + 1 < len(self.times) else end
            a, c = self.factors(k)
            u = t
            while u < stop:
                ra, rb = self.rates(u, k)
                steep = (self.rho + more + 1) * a / ra + (self.s + 2) * c / rb
                width = min(stop - u, min(ra / a, rb / c) / 2, 2 / steep, cap)
                total += width * sum(weight * f(u + width * node, k) for node, weight in RULE)
                u = u + width if width < stop - u else stop
            t, k = stop, k + 1
        return total

    def dying(self, rho, s, u, k):
        a, b = self.rates(u, k)
        return s * self.factors(k)[1] * a ** -rho * b ** -(s + 1)

    def bracket(self):
        a, b = self.rates(self.age)
        return a ** -self.rho * b ** -self.s, self.over(lambda u, k: self.dying(self.rho, self.s, u, k), self.tx, self.age)

    def log_likelihood(self):
        alive, dead = self.bracket()
        purchases = sum(self.g1 * self.values[self.piece(mpf(day) / 7)] for day in self.days)
        return (loggamma(self.rho) - loggamma(self.r) + self.r * log(self.alpha) + self.s * log(self.beta) + purchases
                + log(alive + dead))

    def p_alive(self):
        alive, dead = self.bracket()
        return alive / (alive + dead)

    def expected(self, horizon, delta=mpf(0)):
        a, b = self.rates(self.age)

        def rate(u, k):
            return self.factors(k)[0] * (b / self.rates(u, k)[1]) ** self.s * exp(-delta * (u - self.age))
        return self.p_alive() * self.rho / a * self.over(rate, self.age, self.age + horizon)

    def p_active(self, horizon):
        return self.p_alive() * self.over(self.first, self.age, self.age + horizon)

    def p_count(self, n, horizon):
        """The probability of n purchases: alive to the end, or dead at some time before it."""
        a, b = self.rates(self.age)
        many = exp(loggamma(self.rho + n) - loggamma(self.rho) - loggamma(mpf(n + 1)))

        def count(u, k):
            au, _ = self.rates(u, k)
            return many * (a / au) ** self.rho * ((au - a) / au) ** n
        end = self.age + horizon
        alive = count(end, None) * (b / self.rates(end)[1]) ** self.s
        died = self.over(lambda u, k: count(u, k) * b ** self.s * self.dying(mpf(0), self.s, u, k), self.age, end, n)
        p = self.p_alive()
        return p * (alive + died) + (1 - p if n == 0 else 0)

    def first(self, u, k):
        """The density of the first purchase to come, at u, of one who is alive."""
        a, b = self.rates(self.age)
        au, bu = self.rates(u, k)
        return self.rho * self.factors(k)[0] / au * (a / au) ** self.rho * (b / bu) ** self.s

    def next_within(self, horizon):
        end = self.age + horizon
        return self.over(lambda u, k: (u - self.age) * self.first(u, k), self.age, end) / self.over(self.first, self.age, end)

    def next_quantile(self, probability):
        """Newton from the beginning of the piece in which it lies, where the density falls."""
        target = probability * self.over(self.first, self.age, EVER, cap=EVER)
        t, k, before = self.age, self.piece(self.age), mpf(0)
        while k + 1 < len(self.times):
            piece = self.over(self.first, t, self.times[k + 1])
            if before + piece >= target:
                break
            t, k, before = self.times[k + 1], k + 1, before + piece
        while True:
            step = (target - before) / self.first(t, k)
            if step < mpf(10) ** -24 * (t - self.age):
                return t - self.age
            before += self.over(self.first, t, t + step, cap=EVER)
            t += step

    def p_alive_at(self, horizon):
        return self.p_alive() * (self.rates(self.age)[1] / self.rates(self.age + horizon)[1]) ** self.s

    def purchase_rate(self):
        alive, dead = self.bracket()
        a, _ = self.rates(self.age)
        died = self.over(lambda u, k: self.dying(self.rho, self.s, u, k) * self.rho / self.rates(u, k)[0], self.tx, self.age)
        return self.factors(self.piece(self.age))[0] * (alive * self.rho / a + died) / (alive + dead)

    def dropout_rate(self):
        alive, dead = self.bracket()
        _, b = self.rates(self.age)
        died = self.over(lambda u, k: self.dying(self.rho, self.s, u, k) * (self.s + 1) / self.rates(u, k)[1], self.tx, self.age)
        return self.factors(self.piece(self.age))[1] * (alive * self.s / b + died) / (alive + dead)


def main():
    columns = ['parameters', 'path_name', 'r', 'alpha', 's', 'beta', 'g1', 'g2', 'path', 'frequency', 'last_day', 'age_days',
               'log_likelihood', 'p_alive', 'p_active_26', 'p_alive_at_26', 'expected_26', 'discounted_26', 'residual',
               'purchase_rate', 'dropout_rate'] + ['p_%d_26' % n for n in COUNTS] + ['next_26', 'next_median', 'next_90']
    print(','.join(columns))
    for parameters in PARAMETERS:
        for path_name, path in PATHS:
            for x, last, age in HISTORIES:
                c = Customer([mpf(p) for p in parameters[1:]], path, x, last, age)
                # 70/delta is as good as for ever; the logarithm of 1 is 0.
                row = [mp.chop(c.log_likelihood(), mpf(10) ** -25), c.p_alive(), c.p_active(HORIZON), c.p_alive_at(HORIZON), c.expected(HORIZON),
                       c.expected(HORIZON, DELTA), c.expected(70 / DELTA, DELTA), c.purchase_rate(), c.dropout_rate()]
                row += [c.p_count(n, HORIZON) for n in COUNTS]
                row += [c.next_within(HORIZON), c.next_quantile(mpf('0.5')), c.next_quantile(mpf(0.9))]
                print(','.join([parameters[0], path_name] + list(parameters[1:]) + [path, str(x), str(last), str(age)]
                               + [mp.nstr(v, 20) for v in row]))


main()
