#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for ParetoGggTruthTest: the Pareto/GGG model by brute force in doubles, to some 11 digits.

Needs mpmath for the nodes. Run:  python3 pggg_truth.py > ../resources/org/clv4j/models/attrition/pggg_truth.csv  (some ten minutes)

Likelihood and P(alive) are sums over regularity, purchase rate and time of death, none of them integrated out; the library integrates the
rate out and the death by the gap in which it falls. Expected purchases are a sum over the first, second, ... purchase from now, of which
each has a density in closed form; the library convolves the gap at hand with a table of renewals. A regularity k below exp(-3)
counts as that, which is a definition of the model here.
"""
import math
import sys

from math import exp, lgamma as loggamma, log

from mpmath import mp

mp.dps = 25
DELTA = 0.03
HORIZON = 8.0
LOWEST = -3.0
CUT = 38

PARAMETERS = [
    ('ordinary', '1.8', '0.7', '0.6', '4', '0.7', '9'),
    ('regular', '20', '4', '2', '10', '0.8', '20'),
    ('in clumps', '0.8', '1.6', '0.5', '6', '0.5', '12'),
]
HISTORIES = [
    (0, '0', '0', 'NaN'),
    (0, '0', '38.857142857142854', 'NaN'),
    (1, '12', '12', 'NaN'),
    (3, '20', '30', '5.66'),
    (3, '20', '30', 'NaN'),
    (12, '30', '33', '9.5'),
    (12, '6', '39', 'NaN'),
]


def legendre(n):
    nodes = []
    for i in range(n):
        x = mp.cos(mp.pi * (i + mp.mpf('0.75')) / (n + mp.mpf('0.5')))
        for _ in range(20):
            p0, p1 = mp.mpf(1), x
            for j in range(2, n + 1):
                p0, p1 = p1, ((2 * j - 1) * x * p1 - (j - 1) * p0) / j
            slope = n * (x * p1 - p0) / (x * x - 1)
            step = p1 / slope
            x -= step
            if abs(step) < mp.mpf(10) ** (-mp.dps):
                break
        nodes.append((float((1 + x) / 2), float(1 / ((1 - x * x) * slope * slope))))
    return nodes


NODES = legendre(14)


def upper(shape, z):
    """The regularised upper incomplete gamma function."""
    if z <= 0:
        return 1.0
    front = math.exp(shape * math.log(z) - z - math.lgamma(shape))
    if z < shape + 1:
        term = total = 1 / shape
        n = shape
        while abs(term) > 1e-17 * total:
            n += 1
            term *= z / n
            total += term
        return 1 - front * total
    if front < 1e-300:
        return 0.0
    b = z + 1 - shape
    c = 1e300
    d = h = 1 / b
    for i in range(1, 10000):
        a = -i * (i - shape)
        b += 2
        d = 1 / (a * d + b)
        c = b + a / c
        h *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * h


def beta_part(a, b, z):
    """The regularised incomplete beta function."""
    if z <= 0:
        return 0.0
    if z > (a + 1) / (a + b + 2):
        return 1 - beta_part(b, a, 1 - z)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(z) + b * math.log1p(-z)) / a
    c, d = 1.0, 1 / (1 - (a + b) * z / (a + 1))
    h = d
    for m in range(1, 10000):
        e = m * (b - m) * z / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / (1 + e * d)
        c = 1 + e / c
        h *= c * d
        e = -(a + m) * (a + b + m) * z / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / (1 + e * d)
        c = 1 + e / c
        h *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return front * h


class Customer:

    def __init__(self, parameters, x, tx, age, gaps):
        self.t, self.gamma, self.r, self.alpha, self.s, self.beta = parameters
        self.x, self.tx, self.age, self.gaps = x, tx, age, gaps
        self.silence = age - tx

    def log_gaps(self, k, w):
        """The logarithm of the density of the gaps of one with a regularity and a logarithm of the rate, and that of the rate itself."""
        rate = self.r * (log(self.alpha) + w) - self.alpha * exp(w) - loggamma(self.r)
        if self.x == 0:
            return rate
        known = self.x * k * (log(k) + w) - k * exp(w) * self.tx
        if self.gaps is None:
            both = (self.x * k - self.x) * log(self.tx) - loggamma(self.x * k) + loggamma(self.x)
        else:
            both = (k - 1) * self.gaps - self.x * loggamma(k)
        return rate + known + both

    def log_prior(self, u):
        return self.t * (log(self.gamma) + u) - self.gamma * exp(u) - loggamma(self.t)

    def rates(self, k):
        """Equidistant logarithms of the rate, with weights."""
        shape = float(self.r + k * self.x)
        mode = math.log(shape / float(self.alpha + k * self.tx))
        step = min(0.3, 0.5 / math.sqrt(shape))
        lowest = mode - min(110, CUT / shape + 9 / math.sqrt(shape))
        highest = mode + 4.5 / math.sqrt(max(1, shape)) + max(0, -math.log(shape)) + 3.7 / max(1, math.sqrt(shape))
        count = int((highest - lowest) / step) + 1
        # The silence only makes rates smaller.
        return [(lowest + i * step, step) for i in range(count)]

    def died(self, tau):
        return self.s / self.beta * exp(-(self.s + 1) * log(1 + (self.tx + tau) / self.beta))

    def of_shape(self, k):
        """Likelihoods of the gaps and a silence: of one who is alive, of one who is not."""
        rates = [(exp(w), step * exp(self.log_gaps(k, w))) for w, step in self.rates(k)]
        if self.silence == 0:
            return sum(weight for _, weight in rates) * exp(-self.s * log(1 + self.age / self.beta)), 0
        largest = max(weight for _, weight in rates)
        rates = [(rate, weight) for rate, weight in rates if weight > largest * 1e-17]
        alive = sum(weight * upper(k, k * rate * self.silence) for rate, weight in rates)
        dead = 0
        cuts = [0, 1 / 3, 2 / 3, 1]
        for i in range(3):
            for node, weight in NODES:
                part = cuts[i] + (cuts[i + 1] - cuts[i]) * node
                tau = self.silence * part ** 4
                speed = 4 * self.silence * part ** 3 * weight / 3
                quiet = sum(of * upper(k, k * rate * tau) for rate, of in rates)
                dead += speed * self.died(tau) * quiet
        return alive * exp(-self.s * log(1 + self.age / self.beta)), dead

    def expected(self, k):
        """Expected purchases, and discounted ones, times the likelihood of the history; the rate is integrated out."""
        shape, scale = self.r + k * self.x, (self.alpha + k * self.tx) / k
        constant = (self.r * log(self.alpha) - loggamma(self.r) + loggamma(shape)
                    - shape * log(self.alpha + k * self.tx))
        if self.x > 0:
            constant += self.x * k * log(k)
            if self.gaps is None:
                constant += (self.x * k - self.x) * log(self.tx) - loggamma(self.x * k) + loggamma(self.x)
            else:
                constant += (k - 1) * self.gaps - self.x * loggamma(k)
        if self.silence == 0:
            return [exp(constant) * self.by_parts(k, shape, scale, delta) for delta in (0.0, DELTA)]
        total, discounted = 0.0, 0.0
        power = 4
        for panel in range(3):
            for node, weight in NODES:
                part = (panel + node) / 3
                v = HORIZON * part ** power
                speed = power * HORIZON * part ** (power - 1) * weight / 3
                time = self.silence + v
                kept = exp(-self.s * log(1 + (self.age + v) / self.beta))
                z = time / scale
                density, n = 0.0, 1
                while True:
                    term = exp(n * k * log(z) - (shape + n * k) * log(1 + z) + loggamma(shape + n * k)
                               - loggamma(shape) - loggamma(n * k)) / time
                    beyond = n * k > shape * z and term <= density * 1e-14
                    if n > 1 and self.silence > 0 and term > density * 1e-14:
                        term *= beta_part((n - 1) * k, k, v / time)
                    density += term
                    if beyond:
                        break
                    n += 1
                total += speed * kept * density
                discounted += speed * kept * density * exp(-DELTA * v)
        return exp(constant) * total, exp(constant) * discounted

    def by_parts(self, k, shape, scale, delta):
        """Where the last purchase is now the density of the next begins with a power."""
        def kept(v):
            return exp(-self.s * log(1 + (self.age + v) / self.beta) - delta * v)

        def purchases(v):
            total, n = 0.0, 1
            while True:
                term = beta_part(n * k, shape, v / (scale + v))
                total += term
                if n * k > shape * v / scale and term <= total * 1e-14:
                    return total
                n += 1
        total = kept(HORIZON) * purchases(HORIZON)
        for panel in range(3):
            for node, weight in NODES:
                part = (panel + node) / 3
                v = HORIZON * part ** 4
                speed = 4 * HORIZON * part ** 3 * weight / 3
                total += speed * kept(v) * (self.s / (self.beta + self.age + v) + delta) * purchases(v)
        return total

    def values(self):
        # The weights of regularities in doubles, to see where they are.
        def rough(u):
            k = exp(u)
            shape = self.r + k * self.x
            w = log(shape / (self.alpha + k * self.tx))
            return float(self.log_prior(u) + self.log_gaps(k, w) - log(shape) / 2)
        grid = [-3 + i * 0.05 for i in range(240)]
        logs = [rough(u) for u in grid]
        top = max(logs)
        near = [u for u, value in zip(grid, logs) if value > top - 36]
        low, high = max(-3.0, near[0] - 0.05), near[-1] + 0.05
        half = [u for u, value in zip(grid, logs) if value > top - 0.5]
        width = max(0.3, min(1.2, 1.6 * (half[-1] - half[0] + 0.05)))
        panels = max(1, math.ceil((high - low) / width))
        shapes = []
        if low == -3.0:
            shapes.append((LOWEST, 1 - upper(self.t, self.gamma * exp(LOWEST))))
        for panel in range(panels):
            for node, weight in NODES:
                u = low + (high - low) * (panel + node) / panels
                shapes.append((u, weight * (high - low) / panels * exp(self.log_prior(u))))
        alive, dead, expected, discounted = 0.0, 0.0, 0.0, 0.0
        for u, weight in shapes:
            k = exp(u)
            one, other = self.of_shape(k)
            alive += weight * one
            dead += weight * other
            if weight * (one + other) > 1e-12 * (alive + dead):
                purchases, worth = self.expected(k)
                expected += weight * purchases
                discounted += weight * worth
        total = alive + dead
        return log(total), alive / total, expected / total, discounted / total


def main():
    print('parameters,t,gamma,r,alpha,s,beta,frequency,recency,age,log_gaps,log_likelihood,p_alive,expected_8,discounted_8')
    for name, *numbers in PARAMETERS:
        for x, tx, age, gaps in HISTORIES:
            customer = Customer([float(number) for number in numbers], x, float(tx), float(age),
                                None if gaps == 'NaN' else float(gaps))
            row = ['%.14e' % value for value in customer.values()]
            print(','.join([name, *numbers, str(x), tx, age, gaps, *row]))
            sys.stdout.flush()


if __name__ == '__main__':
    main()
