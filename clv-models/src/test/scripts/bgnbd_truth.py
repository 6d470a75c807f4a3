#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for BgNbdTruthTest: BG/NBD quantities with 30 digits of working precision, written with 20.

Needs mpmath. Run:  python3 bgnbd_truth.py > ../resources/org/clv4j/models/attrition/bgnbd_truth.csv

Everything is computed from the definition of the model, by other routes than the library takes: expectations as
integrals over the dropout probability, with the exponential integral from its own continued fraction or from mpmath.
"""
from mpmath import mp, mpf, beta, expint, exp, inf, loggamma, log, log1p, quad, expm1

mp.dps = 30
DELTA = log(mpf('1.1')) / 52
HORIZON = mpf(26)

PARAMETERS = [
    ('cdnow', '0.2426', '4.4136', '0.7929', '2.4259'),
    ('dropout mean undefined at 1', '0.2426', '4.4136', '1', '2.4259'),
    ('just above 1', '0.2426', '4.4136', '1.0000001', '2.4259'),
    ('loyal', '1.5', '8', '0.05', '4'),
    ('fickle', '0.8', '12', '6', '0.4'),
    ('concentrated', '40', '300', '80', '500'),
    ('tiny scale', '0.5', '0.0001', '0.7', '2'),
    ('huge scale', '0.5', '1000000', '0.7', '2'),
]
HISTORIES = [
    (0, '0', '0'),
    (0, '0', '38.857142857142854'),
    (1, '0', '12'),
    (1, '12', '12'),
    (2, '30.43', '38.86'),
    (7, '35', '39'),
    (40, '10', '100000'),
    (300, '500', '520'),
    (5000, '100', '100.5'),
]


def scaled_expint(order, x):
    """e^x E_order(x)."""
    if order <= 20 and x < 1:
        return exp(x) * expint(order, x)
    b = x + order
    c = mpf(10) ** 60
    d = 1 / b
    h = d
    for i in range(1, 100000):
        a = -i * (order - 1 + i)
        b += 2
        d = 1 / (a * d + b)
        c = b + a / c
        factor = c * d
        h *= factor
        if abs(factor - 1) < mpf(10) ** -28:
            return h
    raise ArithmeticError('continued fraction')


def over_dropout(a, b, g):
    """E g(p), p ~ Beta(a, b), in logit p; split around the mode."""
    mode = log(a / b)
    sd = (1 / a + 1 / b) ** mpf('0.5')
    cuts = [mode + sd * k for k in (-400, -120, -60, -30, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 30, 60, 120)]

    def density(y):
        return exp(a * -log1p(exp(-y)) + b * -log1p(exp(y)) - a * -log1p(b / a) - b * -log1p(a / b))

    def weighted(y):
        return density(y) * g(1 / (1 + exp(-y)))

    return quad(weighted, cuts, maxdegree=6) / quad(density, cuts, maxdegree=6)


def truth(r, alpha, a, b, x, tx, age):
    rho, bx, scale = r + x, b + x, alpha + age
    ll = (loggamma(rho) - loggamma(r) + r * log(alpha) + log(beta(a, bx)) - log(beta(a, b)) - rho * log(scale))
    odds = mpf(0) if x == 0 else a / (bx - 1) * (scale / (alpha + tx)) ** rho
    ll += log1p(odds)
    if x == 0 and age == 0:
        ll = mpf(0)  # exactly, where the formula leaves rounding
    alive = 1 / (1 + odds)
    active = -expm1(-rho * log1p(HORIZON / scale))

    def purchases(t):
        return over_dropout(a, bx, lambda p: -expm1(-rho * log1p(p * t / scale)) / p)

    def residual(p, at):
        return rho * scaled_expint(rho + 1, at * DELTA / p) / p

    def discounted(p):
        later = exp(-DELTA * HORIZON - rho * log1p(p * HORIZON / scale)) * residual(p, scale + p * HORIZON)
        return residual(p, scale) - later

    return (ll, alive, alive * active, alive * purchases(HORIZON), alive * purchases(mpf(1000)),
            alive * over_dropout(a, bx, discounted), alive * over_dropout(a, bx, lambda p: residual(p, scale)))


def main():
    print('parameters,r,alpha,a,b,frequency,recency,age,log_likelihood,p_alive,p_active_26,expected_26,expected_1000,'
          'discounted_26,residual')
    for name, r, alpha, a, b in PARAMETERS:
        for x, tx, age in HISTORIES:
            values = truth(*(mpf(v) for v in (r, alpha, a, b)), x, mpf(tx), mpf(age))
            print(','.join([name, r, alpha, a, b, str(x), tx, age] + [mp.nstr(v, 20) for v in values]), flush=True)


if __name__ == '__main__':
    main()
