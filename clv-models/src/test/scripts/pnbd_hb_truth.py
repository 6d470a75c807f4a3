#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for HierarchicalParetoNbdTruthTest: Pareto/NBD with log-normal rates, 22 digits of working precision, written with 17.

Needs mpmath. Run:  python3 pnbd_hb_truth.py > ../resources/org/clv4j/models/attrition/pnbd_hb_truth.csv

Every quantity is that of a customer with known rates, integrated over the joint normal density of their logarithms: Gauss-Legendre
panels over the whole likelihood, dead or alive; the library takes the two apart and sums each over a lattice.
"""
import math

from mpmath import exp, expm1, factorial, log, mp, mpf, nstr, pi, sqrt

mp.dps = 22
DELTA = log(mpf('1.1')) / 52
HORIZON = mpf(26)
COUNTS = [0, 1, 7]

PARAMETERS = [
    ('typical', '-3.57', '-3.74', '1.42', '2.66', '0.29'),
    ('negative correlation', '-2', '-4', '1', '4', '-1.8'),
    ('nearly one rate', '-1', '-3', '0.5', '2', '0.99'),
    ('alike', '-1.5', '-4', '0.01', '0.02', '0'),
    ('dropout fast', '1', '2', '2', '1', '0.4'),
]
HISTORIES = [
    (0, '0', '0'),
    (0, '0', '38.857142857142854'),
    (1, '12', '12'),
    (2, '30.43', '38.86'),
    (7, '38.99', '39'),
    (26, '6', '39'),
    (800, '100', '100.5'),
]
# Nodes a panel, which is as wide as four standard deviations of what is integrated at most.
ORDER = 20


def legendre(n):
    nodes = []
    for i in range(n):
        x = mp.cos(pi * (i + mpf('0.75')) / (n + mpf('0.5')))
        for _ in range(20):
            p0, p1 = mpf(1), x
            for j in range(2, n + 1):
                p0, p1 = p1, ((2 * j - 1) * x * p1 - (j - 1) * p0) / j
            slope = n * (x * p1 - p0) / (x * x - 1)
            step = p1 / slope
            x -= step
            if abs(step) < mpf(10) ** (-mp.dps):
                break
        nodes.append(((1 + x) / 2, 1 / ((1 - x * x) * slope * slope)))
    return nodes


NODES = legendre(ORDER)


class Customer:

    def __init__(self, parameters, x, tx, age):
        self.m1, self.m2, self.v1, self.v2, self.c = parameters
        self.x, self.tx, self.age = x, tx, age
        self.slope = self.c / self.v1
        self.rest = self.v2 - self.c * self.slope
        self.norm = 1 / (2 * pi * sqrt(self.v1 * self.rest))

    def rough(self, u, v):
        """The logarithm of density times likelihood times (1 + λ)(1 + μ), in doubles."""
        du, lam, mu = u - float(self.m1), math.exp(u), math.exp(v)
        dw = v - float(self.m2) - float(self.slope) * du
        s, tx, age = lam + mu, float(self.tx), float(self.age)
        both = math.log(mu / s + lam / s * math.exp(-s * (age - tx)))
        return (-du * du / 2 / float(self.v1) - dw * dw / 2 / float(self.rest) + self.x * u - s * tx + both
                + max(0, u) + max(0, v))

    def region(self):
        """Panels in u, and for each in v, that hold all but a negligible part."""
        sd1, sd2 = math.sqrt(float(self.v1)), math.sqrt(float(self.v2))
        step = min(sd1, 1 / math.sqrt(self.x + 1)) / 2
        reach = 16 if self.age == 0 else 40
        us = [float(self.m1) + i * step for i in range(int(-reach * sd1 / step), int(reach * sd1 / step) + 1)]
        step2 = min(math.sqrt(float(self.rest)), 1) / 2
        vs = [float(self.m2) + i * step2 for i in range(int(-reach * sd2 / step2), int(reach * sd2 / step2) + 1)]
        table = {}
        top = -1e300
        for u in us:
            for v in vs:
                if u < 40 and v < 40:
                    table[u, v] = self.rough(u, v)
                    top = max(top, table[u, v])
        low = [u for u in us if any(table.get((u, v), -1e300) > top - 52 for v in vs)]
        lines = {u: [v for v in vs if table.get((u, v), -1e300) > top - 52] for u in low}
        return low, lines, step, step2

    def values(self):
        low, lines, step, step2 = self.region()
        width = 4 * step
        sums = [mpf(0)] * 14
        u = low[0] - step
        while u < low[-1] + step:
            near = [v for key in low if u - 2 * step <= key <= u + width + 2 * step for v in lines[key]]
            for part, weight in NODES:
                at = mpf(u) + part * mpf(width)
                self.line(at, weight * mpf(width), min(near) - step2, max(near) + step2, 4 * step2, sums)
            u += width
        rest = [s / sums[0] for s in sums[1:]]
        return [log(sums[0])] + rest[:-1] + [rest[-1] / rest[1]]

    def line(self, u, weight, start, end, width, sums):
        lam, du = exp(u), u - self.m1
        outer = weight * self.norm * exp(-du * du / 2 / self.v1 + self.x * u)
        v = start
        while v < end:
            for part, inner in NODES:
                at = mpf(v) + part * mpf(width)
                dw = at - self.m2 - self.slope * du
                self.add(lam, exp(at), outer * inner * mpf(width) * exp(-dw * dw / 2 / self.rest), sums)
            v += width

    def add(self, lam, mu, weight, sums):
        s, t, age, tx = lam + mu, HORIZON, self.age, self.tx
        alive = exp(-s * age)
        dead = mu / s * (exp(-s * tx) - alive)
        now = weight * alive
        sums[0] += weight * (alive + dead)
        sums[1] += now
        sums[2] += now * lam / s * -expm1(-s * t)
        sums[3] += now * lam / mu * -expm1(-mu * t)
        sums[4] += now * lam / mu * -expm1(-mu * 1000)
        sums[5] += now * lam / (mu + DELTA) * -expm1(-(mu + DELTA) * t)
        sums[6] += now * lam / (mu + DELTA)
        sums[7] += now * exp(-mu * t)
        for i, n in enumerate(COUNTS):
            z = s * t
            # P(n or fewer events by t) and the n-th of rate s, by the Poisson sums.
            term, below = exp(-z), mpf(0)
            for j in range(n + 1):
                below += term
                term *= z / (j + 1)
            above = 1 - below if z > n + 1 else tail(z, n)
            count = exp(-s * t) * (lam * t) ** n / factorial(n) + mu / s * (lam / s) ** n * above
            sums[8 + i] += now * count + (weight * dead if n == 0 else 0)
        sums[11] += weight * (alive + dead) * lam
        sums[12] += weight * (alive + dead) * mu
        z = s * t
        sums[13] += now * lam / s / s * (-expm1(-z) - z * exp(-z))


def tail(z, n):
    """P(more than n) of a Poisson variable."""
    term = exp(-z) * z ** (n + 1) / factorial(n + 1)
    total, j = mpf(0), n + 2
    while term > total * mpf(10) ** (-mp.dps):
        total += term
        term *= z / j
        j += 1
    return total


def main():
    print('parameters,mean_log_lambda,mean_log_mu,var_log_lambda,var_log_mu,cov_log,frequency,recency,age,log_likelihood,'
          'p_alive,p_active_26,expected_26,expected_1000,discounted_26,residual,p_alive_at_26,'
          + ','.join('p_%d_in_26' % n for n in COUNTS) + ',purchase_rate,dropout_rate,next_within_26')
    for name, *parameters in PARAMETERS:
        for x, tx, age in HISTORIES:
            customer = Customer([mpf(p) for p in parameters], x, mpf(tx), mpf(age))
            values = customer.values()
            print(','.join([name] + parameters + [str(x), tx, age] + [nstr(v, 17) for v in values]), flush=True)


if __name__ == '__main__':
    main()
