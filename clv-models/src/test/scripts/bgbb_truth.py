#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for BgBbTruthTest: BG/BB quantities with 40 digits of working precision, written with 20.

Needs mpmath. Run:  python3 bgbb_truth.py > ../resources/org/clv4j/models/attrition/bgbb_truth.csv

The past is the published sum over the opportunity before which a customer left, each term made of beta functions; expectations
are published closed forms with gamma and hypergeometric functions, where they have no pole. The library takes recurrences over
opportunities, quadratures in the logit and a transformed series.
"""
from mpmath import mp, mpf, binomial, exp, hyp2f1, log, loggamma

mp.dps = 40
DELTA = log(mpf('1.1'))
COLUMNS = ['parameters', 'alpha', 'beta', 'gamma', 'delta', 'frequency', 'recency', 'age', 'log_likelihood', 'p_alive',
           'p_alive_at_last', 'p_active_26', 'expected_26', 'expected_1000', 'discounted_26', 'residual', 'p_alive_at_26',
           'p_0_in_26', 'p_1_in_26', 'p_7_in_26', 'p_26_in_26', 'next_within_26', 'next_quantile', 'purchase_rate',
           'dropout_rate']
PARAMETERS = [
    ('donations', '1.20352234745', '.749716356527', '.656718208690', '2.78344223734'),
    ('dropout mean undefined at 1', '1.2', '0.75', '1', '2.8'),
    ('just above 1', '1.2', '0.75', '1.0000001', '2.8'),
    ('loyal', '3', '8', '0.05', '40'),
    ('fickle', '0.4', '0.3', '6', '0.8'),
    ('concentrated', '300', '500', '40', '900'),
]
HISTORIES = [(0, 0, 0), (0, 0, 6), (1, 6, 6), (4, 5, 6), (6, 6, 6), (10, 12, 52), (100, 300, 340), (3, 2900, 3000)]


def lbeta(x, y):
    return loggamma(x) + loggamma(y) - loggamma(x + y)


def row(name, strings, x, last, n):
    a, b, g, d = map(mpf, strings)

    def left(t):
        """The customer left before the opportunity t + 1."""
        return exp(lbeta(a + x, b + t - x) - lbeta(a, b) + lbeta(g + 1, d + t) - lbeta(g, d))

    def alive(t):
        """The customer did not buy since, and is alive at the opportunity t."""
        return exp(lbeta(a + x, b + n - x) - lbeta(a, b) + lbeta(g, d + t) - lbeta(g, d))

    gone = [left(t) for t in range(last, n)]
    likelihood = sum(gone) + alive(n)
    p_last = alive(n) / likelihood
    p = alive(n + 1) / likelihood
    mean = (a + x) / (a + b + n)

    def stays(j):
        return alive(n + j) / likelihood

    def discounted(m, rate):
        return mean * sum(stays(j) * exp(-rate * j) for j in range(1, m + 1))

    a1, b1, d1 = a + x, b + n - x, d + n + 1

    def expected(m):
        if m < 100:
            return discounted(m, 0)
        # The published closed form, and its neighbours at its pole.
        if g == 1:
            return mean * p_last * (d + n) * sum(1 / (d + n + j) for j in range(1, m + 1))
        z, y = d + n, d + n + g
        ratio = exp(loggamma(z + 1 + m) - loggamma(z + 1) - loggamma(y + m) + loggamma(y))
        return mean * p_last * z / (g - 1) * (1 - ratio)

    residual = mean * p * exp(-DELTA) * hyp2f1(1, d1, g + d1, exp(-DELTA))

    def life(i):
        """Of one alive for the next opportunity, that she is for exactly i of them."""
        return exp(lbeta(g + 1, d1 + i - 1) - lbeta(g, d1))

    def count(k, m):
        made = mpf(0)
        for i in range(max(k, 1), m):
            made += binomial(i, k) * exp(lbeta(a1 + k, b1 + i - k) - lbeta(a1, b1)) * life(i)
        made += binomial(m, k) * exp(lbeta(a1 + k, b1 + m - k) - lbeta(a1, b1) + lbeta(g, d1 + m - 1) - lbeta(g, d1))
        return p * made + (1 - p if k == 0 else 0)

    def first(j):
        """Of one alive for the next opportunity, that the next purchase is at opportunity j."""
        return exp(lbeta(a1 + 1, b1 + j - 1) - lbeta(a1, b1) + lbeta(g, d1 + j - 1) - lbeta(g, d1))

    within = [first(j) for j in range(1, 27)]
    active = p * sum(within)
    # Who has not bought at any of many opportunities and is still there may, or may not: the median must be the same for both.
    made, none, by = mpf(0), mpf(1), []
    for j in range(20000):
        made += none * a1 / (a1 + b1 + j)
        none *= (b1 + j) / (a1 + b1 + j) * (d1 + j) / (g + d1 + j)
        by.append(made)
    quantile = 1 + next(i for i, part in enumerate(by) if part >= made / 2)
    assert quantile == 1 + next(i for i, part in enumerate(by) if part >= (made + none) / 2)
    rate = sum(w * (a + x) / (a + b + t) for w, t in zip(gone, range(last, n))) + alive(n) * mean
    drop = sum(w * (g + 1) / (g + 1 + d + t) for w, t in zip(gone, range(last, n))) + alive(n) * g / (g + d + n)
    values = [log(likelihood), p, p_last, active, expected(26), expected(1000), discounted(26, DELTA), residual,
              stays(27), count(0, 26), count(1, 26), count(7, 26), count(26, 26),
              sum(j * w for j, w in enumerate(within, 1)) / sum(within), mpf(quantile), rate / likelihood,
              drop / likelihood]
    return [name, *strings, str(x), str(last), str(n)] + [mp.nstr(v, 20, min_fixed=-5, max_fixed=20) for v in values]


print(','.join(COLUMNS))
for name, *strings in PARAMETERS:
    for history in HISTORIES:
        print(','.join(row(name, strings, *history)), flush=True)
