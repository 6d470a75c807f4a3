#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: clv4j contributors
"""Truth for CnbdKTruthTest: BG/CNBD-k and MBG/CNBD-k quantities with 25 digits of working precision, written with 18.

Needs mpmath. Run:  python3 cnbd_truth.py > ../resources/org/clv4j/models/attrition/cnbd_truth.csv

The history is an integral over the stage rate of the density of the gaps; what lies ahead an integral over time of the density of the
n-th purchase, summed over n. The library takes sums over stages, incomplete beta functions and quadrature over rates.
"""
from mpmath import mp, mpf, beta, exp, gammainc, gamma, log, quad, rf, factorial

mp.dps = 25
DELTA = log(mpf('1.1')) / 52
CASES = [(0, 2, ('0.5', '3', '0.8', '2.4')), (1, 3, ('0.5', '2', '0.9', '1.6'))]
HISTORIES = [(0, '0', '0'), (0, '0', '38.857142857142854'), (2, '30.43', '38.86'), (7, '38.99', '39'), (5, '10', '38')]


def truth(m, k, r, alpha, a, b, x, tx, age):
    """All quantities of a customer."""
    rho = r + k * x
    silence = age - tx

    def prior(rate):
        return alpha ** r / gamma(r) * rate ** (r - 1) * exp(-alpha * rate)

    def over_rates(g):
        centre = rho / (alpha + age)
        cuts = sorted({mpf(0)} | {centre * c for c in (mpf('.01'), mpf('.1'), mpf('.5'), 1, 2, 4, 8, 16, 40)})
        # In the r-th power of the rate there is no singularity at 0.
        power = min(mpf(1), r)
        points = [c ** power for c in cuts] + [mp.inf]
        return quad(lambda w: prior(w ** (1 / power)) * g(w ** (1 / power)) * w ** (1 / power - 1) / power, points)

    def silent(rate):
        return gammainc(k, rate * silence, mp.inf, regularized=True)

    stayed = over_rates(lambda rate: rate ** (k * x) * exp(-rate * tx) * silent(rate)) * beta(a, b + x + m) / beta(a, b)
    left = mpf(0)
    if x + m:
        left = (over_rates(lambda rate: rate ** (k * x) * exp(-rate * tx)) * beta(a + 1, b + x + m - 1) / beta(a, b))
    alive = stayed / (stayed + left)
    bx = b + x + m

    weights = [rf(rho, j) / factorial(j) * (silence / (alpha + age)) ** j for j in range(k)]
    weights = [w / sum(weights) for w in weights]
    scale = alpha + age

    def nth(n, t):
        """The density of the n-th purchase at t."""
        total = mpf(0)
        for j, w in enumerate(weights):
            s = n * k - j
            total += w * (t / scale) ** (s - 1) * (1 + t / scale) ** (-s - rho - j) / beta(s, rho + j) / scale
        return total

    def ahead(gain, until, delta):
        def density(t):
            total, n = mpf(0), 1
            while True:
                term = gain(n) * nth(n, t)
                total += term
                # The n-th purchase comes at about n k scale / rho: much later ones have no density yet.
                if n * k > 2 * (rho + k) * t / scale and term < mpf(10) ** -24 * (total + mpf(10) ** -30):
                    return total * exp(-delta * t)
                n += 1
        return quad(density, [mpf(0)] + [until * c / 8 for c in range(1, 9)])

    def survives(n):
        return beta(a, bx + n - 1) / beta(a, bx)

    def last(n):
        return beta(a + 1, bx + n - 1) / beta(a, bx)

    h = mpf(26)
    active = quad(lambda t: nth(1, t), [mpf(0), h / 8, h / 2, h])

    return (log(stayed + left), alive, alive * active, alive * ahead(survives, h, 0), alive * ahead(survives, h, DELTA),
            alive * (1 - ahead(last, h, 0)),
            alive * quad(lambda t: nth(2, t), [mpf(0), h / 8, h / 2, h]))


def main():
    print('m,k,r,alpha,a,b,frequency,recency,age,log_likelihood,p_alive,p_active_26,expected_26,discounted_26,'
          'p_alive_at_26,p_second_comes_26')
    for m, k, parameters in CASES:
        for x, tx, age in HISTORIES:
            values = truth(m, k, *(mpf(v) for v in parameters), x, mpf(tx), mpf(age))
            print(','.join([str(m), str(k), *parameters, str(x), tx, age] + [mp.nstr(v, 18) for v in values]), flush=True)


if __name__ == '__main__':
    main()
