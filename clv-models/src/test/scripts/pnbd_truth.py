#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for ParetoNbdTruthTest: Pareto/NBD quantities with 40 digits of working precision, written with 20.

Needs mpmath. Run:  python3 pnbd_truth.py > ../resources/org/clv4j/models/attrition/pnbd_truth.csv

Everything is an integral over time from the definition of the model, in logarithmic time and cut where the integrand bends;
the library takes series and other panels.
"""
from mpmath import mp, mpf, exp, expm1, log, log1p, loggamma, quad

mp.dps = 40
DELTA = log(mpf('1.1')) / 52
HORIZON = mpf(26)

PARAMETERS = [
    ('cdnow', '0.553', '10.578', '0.606', '11.669'),
    ('alpha equals beta', '0.8', '10', '0.7', '10'),
    ('s is 1', '0.5', '10', '1', '11'),
    ('s just above 1', '0.5', '10', '1.0000001', '11'),
    ('beta tiny', '0.6', '12', '0.4', '0.000001'),
    ('alpha tiny', '10.465', '0.00798565181', '3.0516', '2.82'),
    ('beta huge', '0.6', '12', '0.4', '10000000'),
    ('lively', '30', '40', '2.5', '3'),
]
HISTORIES = [
    (0, '0', '0'),
    (0, '0', '38.857142857142854'),
    (1, '0', '12'),
    (1, '12', '12'),
    (2, '30.43', '38.86'),
    (7, '38.99', '39'),
    (26, '30.857142857', '31'),
    (40, '10', '100000'),
    (300, '500', '520'),
    (5000, '100', '100.5'),
]


def timed(f, scale, end, decay):
    """The integral of f from 0 to end in ln(1 + y/scale), cut into short pieces."""
    top = log1p(end / scale)
    step = min(mpf(1), 3 / decay)
    cuts = [mpf(0)]
    while cuts[-1] < top and len(cuts) < 400:
        cuts.append(min(top, cuts[-1] + step))
        step = min(mpf(1), step * mpf('1.3'))
    return quad(lambda v: f(scale * expm1(v)) * scale * exp(v), cuts)


def truth(r, alpha, s, beta, x, tx, age):
    rho, a, b = r + x, alpha + age, beta + age
    at, bt = alpha + tx, beta + tx

    def died(y):  # of one alive at the last purchase, relative to surviving the silence
        return s / (bt + y) * exp(-rho * log1p(y / at) - s * log1p(y / bt))

    silence = age - tx
    u = rho * log1p(silence / at) + s * log1p(silence / bt)
    odds = exp(u) * timed(died, min(at, bt), silence, 1 + rho + s) if silence > 0 else mpf(0)
    alive = 1 / (1 + odds)
    ll = (loggamma(rho) - loggamma(r) + r * log(alpha) + s * log(beta) - rho * log(a) - s * log(b) + log1p(odds))
    if x == 0 and age == 0:
        ll = mpf(0)  # exactly, where the formula leaves rounding
    buys = timed(lambda y: rho / (a + y) * exp(-rho * log1p(y / a) - s * log1p(y / b)), min(a, b), HORIZON, 1 + rho + s)

    def purchases(end, delta):
        return rho / a * timed(lambda y: exp(-s * log1p(y / b) - delta * y), b, end, 1 + s + delta * b)

    return (ll, alive, alive * buys, alive * purchases(HORIZON, mpf(0)), alive * purchases(mpf(1000), mpf(0)),
            alive * purchases(HORIZON, DELTA), alive * purchases(mpf(60000), DELTA))


def main():
    print('parameters,r,alpha,s,beta,frequency,recency,age,log_likelihood,p_alive,p_active_26,expected_26,expected_1000,'
          'discounted_26,residual')
    for name, r, alpha, s, beta in PARAMETERS:
        for x, tx, age in HISTORIES:
            values = truth(*(mpf(v) for v in (r, alpha, s, beta)), x, mpf(tx), mpf(age))
            print(','.join([name, r, alpha, s, beta, str(x), tx, age] + [mp.nstr(v, 20) for v in values]), flush=True)


if __name__ == '__main__':
    main()
