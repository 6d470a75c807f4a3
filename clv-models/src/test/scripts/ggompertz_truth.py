#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for GGompertzNbdTruthTest: GGompertz/NBD quantities with 30 digits of working precision, written with 20.

Needs mpmath. Run:  python3 ggompertz_truth.py > ../resources/org/clv4j/models/attrition/ggompertz_truth.csv

Everything is an integral over age from the definition of the model, with e^bt as it stands there, tanh-sinh between points that are
dense where the integrands bend; the library takes residual life, logarithms of growth and other panels.
"""
from mpmath import mp, mpf, exp, expm1, log, log1p, loggamma, quad

mp.dps = 30
DELTA = log(mpf('1.1')) / 52
HORIZON = mpf(26)

PARAMETERS = [
    ('typical', '0.8', '4', '0.05', '1.2', '0.9'),
    ('hazard falls', '0.55', '10.58', '0.01', '0.61', '0.12'),
    ('hazard grows', '0.8', '4', '0.2', '0.6', '3'),
    ('beta is 1', '0.8', '10', '0.03', '0.7', '1'),
    ('sudden', '1.5', '12', '0.7', '2', '100000000'),
    ('nearly Pareto', '0.55', '10.58', '0.00000001', '0.61', '0.0000001167'),
    ('alpha tiny', '10.465', '0.00798565181', '0.1', '3.0516', '0.3'),
    ('steep', '0.6', '12', '5', '0.4', '20'),
]
HISTORIES = [
    (0, '0', '0'),
    (0, '0', '38.857142857142854'),
    (1, '12', '12'),
    (2, '30.43', '38.86'),
    (7, '38.99', '39'),
    (40, '10', '300'),
    (300, '50', '52'),
    (5000, '100', '100.5'),
]
COUNTS = [0, 1, 7, 40]


class Customer:

    def __init__(self, parameters, x, tx, age):
        self.r, self.alpha, self.b, self.s, self.beta = parameters
        self.x, self.tx, self.age, self.rho = x, tx, age, parameters[0] + x

    def grown(self, t):
        return self.beta + expm1(self.b * t)

    def survives(self, start, t):
        """P(alive at t | alive at start)."""
        return exp(self.s * (log(self.grown(start)) - log(self.grown(t))))

    def hazard(self, t):
        return self.s * self.b * exp(self.b * t) / self.grown(t)

    def silent(self, start, t):
        """P(no purchase from start to t), were there no death."""
        return exp(self.rho * (log(self.alpha + start) - log(self.alpha + t)))

    def over(self, f, start, end, extra=()):
        """The integral of f(age) from start to end."""
        at, b = self.alpha + start, self.b
        scales = [at, at / self.rho, self.grown(start) / (b * exp(b * start)), 1 / b]
        scales += [1 / (self.hazard(start) + self.rho / at)] + [e - start for e in extra]
        points = {start, end}
        for scale in scales:
            points |= {start + scale * mpf(2) ** k for k in range(-3, 12)}
        # Where growth overtakes the propensity's rate.
        if self.beta > 1:
            turn = log(self.beta) / b
            points |= {turn + k / b for k in range(-8, 40, 2)}
        for e in extra:
            points |= {e * (1 + mpf(k) / 4) for k in range(-2, 5)}
        points = sorted(p for p in points if start <= p <= end)
        kept = [points[0]]
        for p in points[1:]:
            if p - kept[-1] > (p - start) * mpf('0.2') or p == end:
                kept.append(p)
        top = max(f(p + (q - p) / 3) for p, q in zip(kept, kept[1:]))
        return sum(top * quad(lambda t: f(t) / top, [p, q]) for p, q in zip(kept, kept[1:])) if top > 0 else mpf(0)

    def history(self):
        """ln L, P(alive), P(dead), and given dead the means of λ and of the hazard at death."""
        r, alpha, s, beta, age, tx = self.r, self.alpha, self.s, self.beta, self.age, self.tx
        constant = (loggamma(self.rho) - loggamma(r) + r * log(alpha) - self.rho * log(alpha + tx)
                    + s * (log(beta) - log(self.grown(tx))))
        if tx == age:
            return constant if age > 0 or self.x > 0 else mpf(0), mpf(1), mpf(0), mpf(0), mpf(0)
        alive = self.silent(tx, age) * self.survives(tx, age)

        def died(t):
            return self.silent(tx, t) * self.survives(tx, t) * self.hazard(t)

        dead = self.over(died, tx, age)
        rate = self.over(lambda t: died(t) * self.rho / (alpha + t), tx, age) / dead
        dropout = self.over(lambda t: died(t) * (s + 1) / s * self.hazard(t), tx, age) / dead
        return constant + log(alive + dead), alive / (alive + dead), dead / (alive + dead), rate, dropout

    def first(self, t):
        """The density of the next purchase at age t, given alive now."""
        return self.rho / (self.alpha + t) * self.silent(self.age, t) * self.survives(self.age, t)

    def expected(self, horizon, delta):
        now = self.age
        extra = [now + 1 / delta] if delta else []
        return self.rho / (self.alpha + now) * self.over(
            lambda t: exp(-delta * (t - now)) * self.survives(now, t), now, now + horizon, extra)

    def count(self, n, horizon):
        now, a = self.age, self.alpha + self.age
        constant = loggamma(self.rho + n) - loggamma(self.rho) - loggamma(n + 1)

        def arrivals(t):
            u = (t - now) / a
            return exp(constant - (self.rho + n) * log1p(u)) * (u ** n)

        mode = now + max(n, mpf(1) / 2) * a / self.rho
        dead = self.over(lambda t: arrivals(t) * self.survives(now, t) * self.hazard(t), now, now + horizon, [mode])
        return arrivals(now + horizon) * self.survives(now, now + horizon) + dead

    def values(self):
        now = self.age
        ll, alive, dead, dead_rate, dead_dropout = self.history()
        chance = self.over(self.first, now, now + HORIZON)
        mean = self.over(lambda t: (t - now) * self.first(t), now, now + HORIZON) / chance
        result = [ll, alive, alive * chance, alive * self.expected(HORIZON, 0), alive * self.expected(mpf(1000), 0),
                  alive * self.expected(HORIZON, DELTA), alive * self.expected(mpf(60000), DELTA)]
        result += [alive * self.survives(now, now + HORIZON)]
        result += [alive * self.count(n, HORIZON) + (dead if n == 0 else 0) for n in COUNTS]
        result += [mean, alive * self.rho / (self.alpha + now) + dead * dead_rate,
                   alive * self.hazard(now) + dead * dead_dropout]
        return result


def main():
    print('parameters,r,alpha,b,s,beta,frequency,recency,age,log_likelihood,p_alive,p_active_26,expected_26,expected_1000,'
          'discounted_26,residual,p_alive_at_26,' + ','.join('p_%d_in_26' % n for n in COUNTS)
          + ',next_within_26,purchase_rate,dropout_rate')
    for name, *parameters in PARAMETERS:
        for x, tx, age in HISTORIES:
            values = Customer([mpf(v) for v in parameters], x, mpf(tx), mpf(age)).values()
            print(','.join([name] + parameters + [str(x), tx, age] + [mp.nstr(v, 20) for v in values]), flush=True)


if __name__ == '__main__':
    main()
